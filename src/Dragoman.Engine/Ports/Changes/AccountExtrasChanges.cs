using Dragoman.Engine.Accounts;

namespace Dragoman.Engine.Ports;

public sealed record PutFavourite(AppId App, Favourite Favourite) : StoreChange(App);

public sealed record RemoveFavourite(AppId App, UserId Owner, int Type, string Id) : StoreChange(App);

public sealed record PutClientSetting(AppId App, ClientSetting Setting) : StoreChange(App);

public sealed record RemoveClientSettings(AppId App, UserId User, IReadOnlyList<string> Names) : StoreChange(App);
