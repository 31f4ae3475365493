using System.Text;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Accounts.Credentials;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Deliveries;
using Dragoman.Engine.Events;
using Dragoman.Engine.Files;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Hooks;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Presences;
using Dragoman.Engine.Relations;
using Dragoman.Engine.Rooms;
using Dragoman.Engine.Topics;
using Dragoman.Engine.Sessions;
using Dragoman.Files.Disk;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dragoman.Testing;

/// <summary>The engine on a temporary storage, with a clock that stands still and a bus that remembers.</summary>
public sealed class TestEngine : IAsyncDisposable
{
    public static readonly AppId App = new(1);

    private readonly ServiceProvider _services;

    private TestEngine(ServiceProvider services) => _services = services;

    public ManualClock Clock => _services.GetRequiredService<ManualClock>();
    public RecordingBus Bus => _services.GetRequiredService<RecordingBus>();
    public TestSessions Sessions => _services.GetRequiredService<TestSessions>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <param name="path">What is there already is opened again, as after a restart.</param>
    public static async Task<TestEngine> StartAsync(string path, Action<IServiceCollection>? customize = null, TestStorage? storage = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<ManualClock>().AddSingleton<TimeProvider>(s => s.GetRequiredService<ManualClock>());
        services.AddSingleton<EngineLimits>().AddSingleton<RelationLimits>().AddSingleton<DeliveryLimits>().AddSingleton<RoomLimits>().AddSingleton<TopicLimits>().AddSingleton<FileLimits>();
        services.AddSingleton(new CredentialLimits { Rounds = 1_000 });
        services.AddSingleton<JournalOptions>().AddSingleton<OutboxOptions>();
        services.AddSingleton(typeof(ILogger<>), typeof(Microsoft.Extensions.Logging.Abstractions.NullLogger<>));
        services.AddSingleton<TestSessions>().AddSingleton<ISessionDirectory>(s => s.GetRequiredService<TestSessions>());
        services.AddEngine();
        services.AddDiskFiles(path + ".files");
        (storage ?? TestStorage.Chosen).AddTo(services, path);
        services.AddSingleton<RecordingBus>().AddSingleton<IEventBus>(s => s.GetRequiredService<RecordingBus>());
        customize?.Invoke(services);
        var engine = new TestEngine(services.BuildServiceProvider());
        await engine.Get<LogWriter>().StartAsync(CancellationToken.None);
        await engine.Get<FileKeyReader>().StartAsync(CancellationToken.None);
        return engine;
    }

    public static Caller As(string user) => new(App, new UserId(user), IsAdministrator: false);

    public static Caller Admin => new(App, new UserId("admin"), IsAdministrator: true);

    public async Task GivenUsersAsync(params string[] users)
    {
        var accounts = users.Select(u => new Account { App = App, Id = new UserId(u), Nickname = $"nick {u}" }).ToArray();
        Value(await Get<RegisterAccounts>().RunAsync(Admin, accounts, CancellationToken.None));
    }

    public async Task<GroupId> GivenGroupAsync(string owner, params string[] members)
    {
        var group = new Group { App = App, Id = new GroupId($"g-{owner}"), Owner = new UserId(owner), Creator = new UserId(owner), Name = "group" };
        var others = members.Select(m => (new UserId(m), GroupRole.Member)).ToArray();
        return Value(await Get<CreateGroup>().RunAsync(As(owner), group, others, NoticeReach.Timeline, CancellationToken.None)).Group.Id;
    }

    public async Task<Result<SentMessage>> SayAsync(string from, string to, string text, string key = "") =>
        await Get<SendDirectMessage>().RunAsync(As(from), new UserId(from), new UserId(to), Draft(text, key), CancellationToken.None);

    public async Task<Result<SentMessage>> SayAsync(string from, GroupId group, string text, string key = "") =>
        await Get<SendGroupMessage>().RunAsync(As(from), new UserId(from), group, Draft(text, key), CancellationToken.None);

    public async Task<Result<PulledEntries>> PullAsync(
        string reader, ConversationKey conversation, LogChannel channel = LogChannel.Timeline, long from = 1, long to = long.MaxValue, int limit = 1000) =>
        await Get<PullEntries>().RunAsync(new UserId(reader), conversation, channel, from, to, limit, newestFirst: true, CancellationToken.None);

    public static ConversationKey Direct(string a, string b) => ConversationKey.Direct(App, new UserId(a), new UserId(b));

    public static string TextOf(Entry entry) => Encoding.UTF8.GetString(entry.Body.Span);

    public static T Value<T>(Result<T> result) =>
        result.TryGet(out var value, out var refusal) ? value : throw new InvalidOperationException($"refused: {refusal.Condition} {refusal.Subject}");

    /// <summary><see cref="Condition.None"/> when it was not refused.</summary>
    public static Condition ConditionOf<T>(Result<T> result) => result.TryGet(out _, out var refusal) ? Condition.None : refusal.Condition;

    public async ValueTask DisposeAsync()
    {
        await Get<ReadCursors>().FlushAsync();
        await Get<DeliveryPlaces>().FlushAsync();
        await Get<PresenceBook>().FlushAsync();
        await Get<LogWriter>().DisposeAsync();
        await _services.DisposeAsync();
    }

    private static MessageDraft Draft(string text, string key) => new()
    {
        Origin = new DialectId(9),
        Content = ContentKind.Text,
        Body = Encoding.UTF8.GetBytes(text),
        ClientKey = Encoding.UTF8.GetBytes(key),
    };
}

/// <summary>Connections that a test claims to have.</summary>
public sealed class TestSessions : ISessionDirectory
{
    public Dictionary<UserId, List<SessionInfo>> Online { get; } = [];

    public IReadOnlyList<SessionInfo> SessionsOf(AppId app, UserId user) => Online.GetValueOrDefault(user) ?? [];

    public int OnlineUsers(AppId app) => Online.Count(user => user.Value.Count > 0);
}
