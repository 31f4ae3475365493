using System.Diagnostics;
using System.Text;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Ports;
using Dragoman.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dragoman.Storage.Tests.Suites;

/// <summary>What every storage must do; a derived class says which storage. Each test has a storage of its own.</summary>
public abstract class StorageSuite(TestStorage storage) : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private TestEngine? _engine;

    protected static AppId App => TestEngine.App;

    protected static UserId Alice { get; } = new("alice");

    protected static UserId Bob { get; } = new("bob");

    protected static ConversationKey Pair { get; } = TestEngine.Direct("alice", "bob");

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected TestStorage Storage { get; } = storage;

    protected TestEngine Engine => _engine!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(Storage.WhyNot is not null, Storage.WhyNot ?? "");
        _engine = await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_engine is not null) await _engine.DisposeAsync();
        _directory.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends the engine and starts it again on the same data.</summary>
    /// <returns>How long the start took.</returns>
    protected async Task<TimeSpan> RestartAsync()
    {
        await Engine.DisposeAsync();
        var start = Stopwatch.GetTimestamp();
        _engine = await StartAsync();
        return Stopwatch.GetElapsedTime(start);
    }

    protected T Get<T>()
        where T : notnull => Engine.Get<T>();

    /// <summary>Writes changes as one unit.</summary>
    protected Task<Condition> WriteAsync(params StoreChange[] changes) => WriteAsync(new WriteUnit(changes));

    protected async Task<Condition> WriteAsync(WriteUnit unit) =>
        await Get<LogWriter>().CommitAsync(unit) is { } refusal ? refusal.Condition : Condition.None;

    protected Task<IReadOnlyList<Entry>> EntriesAsync(ConversationKey conversation, LogChannel channel = LogChannel.Timeline) =>
        Get<IEntryStore>().ReadAsync(conversation, channel, 1, long.MaxValue, 100_000, newestFirst: false, Ct).AsTask();

    protected static Entry Said(
        string text, ConversationKey? conversation = null, string key = "", string sender = "alice", LogChannel channel = LogChannel.Timeline) => new()
        {
            Conversation = conversation ?? Pair,
            Channel = channel,
            Sender = new UserId(sender),
            Origin = new DialectId(9),
            Content = ContentKind.Text,
            Body = Encoding.UTF8.GetBytes(text),
            ClientKey = Encoding.UTF8.GetBytes(key),
        };

    protected static CreateAccount NewAccount(string user) => new(App, new Account { App = App, Id = new UserId(user), Nickname = $"nick {user}" });

    protected static Group NewGroup(string id = "g") => new() { App = App, Id = new GroupId(id), Owner = Alice, Creator = Alice, Name = "group" };

    protected static Member NewMember(string user, GroupRole role = GroupRole.Member) => new() { User = new UserId(user), Role = role, JoinedAt = 7 };

    protected virtual void Customize(IServiceCollection services)
    {
        // A suite may want other options.
    }

    private Task<TestEngine> StartAsync() => TestEngine.StartAsync(_directory.File("data.db"), Customize, Storage);
}
