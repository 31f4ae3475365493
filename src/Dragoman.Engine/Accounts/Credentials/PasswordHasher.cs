using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Dragoman.Engine.Accounts.Credentials;

/// <summary>Hashes passwords, a few at a time and on threads of its own: a crowd that logs in does not keep messages waiting.</summary>
public sealed class PasswordHasher : IDisposable
{
    private const int HashBytes = 32;

    private readonly BlockingCollection<Job> _jobs;
    private readonly Lazy<Thread[]> _workers;
    private long _hashed;

    public PasswordHasher(CredentialLimits limits)
    {
        _jobs = new(limits.MaxWaiting);
        _workers = new(() => [.. Enumerable.Range(0, limits.Workers).Select(Start)]);
    }

    /// <summary>How many have been hashed so far.</summary>
    public long Hashed => Interlocked.Read(ref _hashed);

    public void Dispose()
    {
        _jobs.CompleteAdding();
        if (_workers.IsValueCreated)
        {
            foreach (var worker in _workers.Value) worker.Join();
        }

        _jobs.Dispose();
    }

    /// <returns>The hash; or Overloaded.</returns>
    internal async ValueTask<Result<byte[]>> HashAsync(Password password, byte[] salt, int rounds, CancellationToken ct)
    {
        _ = _workers.Value;
        var job = new Job(password.ToBytes(), salt, rounds, ct);
        if (!_jobs.TryAdd(job, 0, CancellationToken.None)) return Condition.Overloaded;
        return await job.Done.Task;
    }

    private Thread Start(int number)
    {
        var thread = new Thread(Run) { IsBackground = true, Name = $"passwords-{number}" };
        thread.Start();
        return thread;
    }

    private void Run()
    {
        foreach (var job in _jobs.GetConsumingEnumerable())
        {
            try
            {
                if (job.Ct.IsCancellationRequested)
                {
                    job.Done.SetCanceled(job.Ct); // nobody waits for it any more
                    continue;
                }

                var hash = Rfc2898DeriveBytes.Pbkdf2(job.Text, job.Salt, job.Rounds, HashAlgorithmName.SHA256, HashBytes);
                Interlocked.Increment(ref _hashed);
                job.Done.SetResult(hash);
            }
            catch (CryptographicException e)
            {
                job.Done.SetException(e);
            }
            finally
            {
                CryptographicOperations.ZeroMemory(job.Text);
            }
        }
    }

    private sealed record Job(byte[] Text, byte[] Salt, int Rounds, CancellationToken Ct)
    {
        public TaskCompletionSource<byte[]> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
