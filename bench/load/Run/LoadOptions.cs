using System.Globalization;

namespace Dragoman.Load.Run;

/// <summary>What the command line asks for.</summary>
internal sealed record LoadOptions
{
    internal const string Usage = """
        usage: load pairs|groups|rooms|churn|idle|reads [options]

          --url http://127.0.0.1:5080   the server's root            --secret S  --admin imAdmin   OpenIM's credentials
          --path /openim                the dialect's prefix         --encoding gob|json  --gzip   how frames are written
          --spawn "<command>"           start this server itself, on a temporary directory, and end it afterwards
          --server-pid N                a running server, for its CPU and memory (with --spawn it is known)
          --words N                     with --spawn: the app refuses N words, none of which is said
          --dir /tmp                    where --spawn puts the temporary directory: it should be on the disk to be measured

          --dialect openim|agora        which protocol; with agora, --secret is the client secret of org#demo and client load

          rooms   --members 2000 --senders 20     agora: chat rooms (--groups of them, 1 if not said), all in them online
          churn   --room ID --connections 100 --rate 500 --seconds 10     agora: comings and goings in a room of another run
          pairs   --users 100           groups  --groups 10 --members 50 --senders 5
          both    --window 4            messages that each sender keeps on their way (acknowledged and delivered to all: done)
                  --rate R              instead: R messages a second in all; latency counts from the scheduled time
                  --seconds 10 --warmup 3 --bytes 100 --drain 10
          idle    --connections 1000 --hold 30
          reads   --conversations 5000 --friends 2000 --groups 500 --history 100000
        """;

    public required string Mode { get; init; }
    public Uri Url { get; init; } = new("http://127.0.0.1:5080");
    public string Path { get; init; } = "/openim";
    public string Secret { get; init; } = "";
    public string Admin { get; init; } = "imAdmin";
    public string Dialect { get; init; } = "openim";
    public string Room { get; init; } = "";
    public string Encoding { get; init; } = "gob";
    public bool Gzip { get; init; }
    public int Platform { get; init; } = 5;
    public string? Spawn { get; init; }
    public string Directory { get; init; } = System.IO.Path.GetTempPath();
    public int? ServerPid { get; init; }
    public int Words { get; init; }
    public int Users { get; init; } = 100;
    public int Groups { get; init; } = 10;
    public int Members { get; init; } = 50;
    public int Senders { get; init; } = 5;
    public int Connections { get; init; } = 1000;
    public int Conversations { get; init; } = 5000;
    public int Friends { get; init; } = 2000;
    public int History { get; init; } = 100_000;
    public int Window { get; init; } = 4;

    /// <summary>Messages per second in all; 0 = closed loop.</summary>
    public int Rate { get; init; }

    /// <summary>Seconds, as <see cref="Warmup"/>, <see cref="Drain"/> and <see cref="Hold"/>.</summary>
    public int Seconds { get; init; } = 10;
    public int Warmup { get; init; } = 3;
    public int Drain { get; init; } = 10;
    public int Hold { get; init; } = 30;

    /// <summary>The length of a message's text.</summary>
    public int Bytes { get; init; } = 100;

    /// <exception cref="FormatException">Something cannot be understood; the message says what.</exception>
    internal static LoadOptions Parse(string[] args)
    {
        if (args.Length == 0 || args[0] is not ("pairs" or "groups" or "rooms" or "churn" or "idle" or "reads")) throw new FormatException("the first argument is the mode");
        var options = new LoadOptions { Mode = args[0], Groups = args[0] switch { "reads" => 500, "rooms" => 1, _ => 10 } };
        if (args[0] is "rooms" or "churn") options = options with { Dialect = "agora", Path = "/agora", Members = 2_000, Senders = 20 };
        for (var i = 1; i < args.Length; i++)
        {
            var name = args[i];
            if (name == "--gzip")
            {
                options = options with { Gzip = true };
                continue;
            }

            if (i + 1 == args.Length) throw new FormatException($"{name} needs a value");
            options = options.With(name, args[++i]);
        }

        return options.Checked();
    }

    private LoadOptions With(string name, string value) => name switch
    {
        "--url" => this with { Url = new Uri(value) },
        "--path" => this with { Path = value },
        "--dialect" => value is "openim" or "agora" ? this with { Dialect = value, Path = "/" + value } : throw new FormatException("--dialect is openim or agora"),
        "--room" => this with { Room = value },
        "--secret" => this with { Secret = value },
        "--admin" => this with { Admin = value },
        "--encoding" => this with { Encoding = value is "gob" or "json" ? value : throw new FormatException("--encoding is gob or json") },
        "--platform" => this with { Platform = Number(name, value, 1, 11) },
        "--spawn" => this with { Spawn = value },
        "--words" => this with { Words = Number(name, value, 1, 1_000_000) },
        "--dir" => this with { Directory = value },
        "--server-pid" => this with { ServerPid = Number(name, value, 1, int.MaxValue) },
        "--users" => this with { Users = Number(name, value, 2, 100_000) },
        "--groups" => this with { Groups = Number(name, value, 1, 10_000) },
        "--members" => this with { Members = Number(name, value, 2, 10_000) },
        "--senders" => this with { Senders = Number(name, value, 1, 1001) },
        "--connections" => this with { Connections = Number(name, value, 1, 100_000) },
        "--conversations" => this with { Conversations = Number(name, value, 1, 100_000) },
        "--friends" => this with { Friends = Number(name, value, 0, 100_000) },
        "--history" => this with { History = Number(name, value, 0, 10_000_000) },
        "--window" => this with { Window = Number(name, value, 1, 10_000) },
        "--rate" => this with { Rate = Number(name, value, 1, 1_000_000) },
        "--seconds" => this with { Seconds = Number(name, value, 1, 3600) },
        "--warmup" => this with { Warmup = Number(name, value, 0, 600) },
        "--drain" => this with { Drain = Number(name, value, 0, 600) },
        "--hold" => this with { Hold = Number(name, value, 0, 3600) },
        "--bytes" => this with { Bytes = Number(name, value, Drivers.Marker.Length, 30_000) },
        _ => throw new FormatException($"unknown option {name}"),
    };

    private LoadOptions Checked()
    {
        if (Users % 2 != 0) throw new FormatException("--users must be even");
        if (Mode == "reads" && Friends > Conversations - Groups) throw new FormatException("--friends cannot be more than --conversations without --groups");
        if (Senders > Members) throw new FormatException("--senders cannot be more than --members");
        if (Url.Scheme != "http") throw new FormatException("only http URLs: what is measured is the server, not TLS");
        if (Secret.Length == 0 && Spawn is null) throw new FormatException("--secret is needed unless --spawn makes one");
        return this;
    }

    private static int Number(string name, string value, int min, int max) =>
        int.TryParse(value, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw new FormatException($"{name} is a number from {min} to {max}");
}
