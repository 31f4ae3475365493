using System.Security.Cryptography;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Accounts;

/// <summary>Notes the logs that a client of the caller has uploaded.</summary>
public sealed class StoreClientLogs(LogWriter journal, EngineLimits limits, TimeProvider clock)
{
    private const int IdBytes = 10;

    public async ValueTask<Result<Done>> RunAsync(Caller caller, IReadOnlyList<ClientLog> logs, CancellationToken ct)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        ClientLog[] stored = [.. logs.Select(l => l with
        {
            Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes)),
            User = caller.User,
            CreatedAt = now,
        })];
        var refusal = await journal.CommitAsync(new WriteUnit([new AddClientLogs(caller.App, caller.User, stored, limits.ClientLogsPerUser)]));
        return refusal is null ? default(Done) : refusal;
    }
}
