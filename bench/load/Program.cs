using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Dragoman.Load.Agora;
using Dragoman.Load.Drivers;
using Dragoman.Load.OpenIm;
using Dragoman.Load.Run;

// Exit codes: 0 = exact; 1 = the run failed; 2 = the command line; 3 = it ran, but something was lost, doubled, reordered or refused.
LoadOptions options;
try
{
    options = LoadOptions.Parse(args);
}
catch (Exception e) when (e is FormatException)
{
    Console.Error.WriteLine(e.Message);
    Console.Error.WriteLine(LoadOptions.Usage);
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};

try
{
    if (options.Spawn is null)
        return await RunAsync(options, options.ServerPid is { } id ? new ServerProbe(id) : null, stop.Token);

    options = options with { Secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), Url = ServerProcess.FreeUrl() };
    var directory = Directory.CreateDirectory(Path.Combine(options.Directory, "dragoman-load-" + Guid.NewGuid().ToString("N")));
    try
    {
        var apps = Path.Combine(directory.FullName, "apps.json");
        var words = options.Words > 0 ? Path.Combine(directory.FullName, "words.txt") : null;
        if (words is not null) await File.WriteAllLinesAsync(words, UnsaidWords.Make(options.Words), stop.Token);
        await File.WriteAllTextAsync(apps, OpenImApps.Json(options.Secret, options.Admin, words), stop.Token);
        await using var server = await ServerProcess.StartAsync(
            options.Spawn!, options.Url, Path.Combine(directory.FullName, "data"), apps, Path.Combine(directory.FullName, "log"), TimeSpan.FromSeconds(30), stop.Token);
        return await RunAsync(options, server.Probe, stop.Token);
    }
    finally
    {
        directory.Delete(recursive: true);
    }
}
catch (Exception e) when (e is InvalidOperationException or HttpRequestException or OperationCanceledException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

static async Task<int> RunAsync(LoadOptions options, ServerProbe? server, CancellationToken ct)
{
    if (options.Mode == "reads") return await ReadAsync(options, server, ct);
    if (options.Mode == "churn") return await ChurnAsync(options, ct);

    var topology = options.Mode switch
    {
        "pairs" => new Topology(options.Users / 2, 2, 2, IsDirect: true),
        "groups" or "rooms" => new Topology(options.Groups, options.Members, options.Senders, IsDirect: false),
        _ => new Topology(options.Connections, 1, 0, IsDirect: true),
    };
    using ILoadDriver driver = options.Dialect == "agora" ? AgoraOf(options, options.Mode == "rooms") : new OpenImDriver(new OpenImSettings(
        options.Url, options.Path, options.Secret, options.Admin, options.Encoding == "json" ? OpenImEncoding.Json : OpenImEncoding.Gob,
        options.Gzip, options.Bytes, options.Platform));
    await driver.SetUpAsync(topology, ct);
    if (options.Mode == "rooms") Console.Error.WriteLine($"room {string.Join(' ', ((AgoraDriver)driver).Targets)}");
    using var run = new LoadRun(driver, topology, options, server);

    using var line = new MemoryStream();
    using var json = new Utf8JsonWriter(line, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    json.WriteStartObject();
    json.WriteString("mode", options.Mode);
    json.WriteString("dialect", driver.Dialect);
    json.WriteString("encoding", driver.Encoding + (options.Gzip ? "+gzip" : ""));
    json.WriteNumber("users", topology.Users);
    int exitCode;
    if (options.Mode == "idle")
    {
        var report = run.Idle();
        report.Write(json);
        exitCode = report.Disconnects == 0 ? 0 : 3;
    }
    else
    {
        if (!topology.IsDirect)
        {
            json.WriteNumber("groups", topology.Conversations);
            json.WriteNumber("members", topology.Members);
            json.WriteNumber("senders", topology.Senders);
        }

        if (options.Rate > 0) json.WriteNumber("rate", options.Rate);
        else json.WriteNumber("window", options.Window);
        if (options.Words > 0) json.WriteNumber("words", options.Words);
        json.WriteNumber("bytes", options.Bytes);
        var report = run.Execute(ct);
        report.Write(json);
        exitCode = report.IsExact ? 0 : 3;
    }

    json.WriteEndObject();
    json.Flush();
    Console.WriteLine(System.Text.Encoding.UTF8.GetString(line.ToArray()));
    return exitCode;
}

static AgoraDriver AgoraOf(LoadOptions options, bool areRooms) => new(new AgoraLoadSettings(
    options.Url, options.Path, "org", "demo", "load", options.Secret, options.Bytes, areRooms));

static async Task<int> ChurnAsync(LoadOptions options, CancellationToken ct)
{
    using var driver = AgoraOf(options, areRooms: true);
    var people = new Topology(options.Connections, 1, 0, IsDirect: true);
    await driver.SetUpAsync(people, ct);
    using var churn = new RoomChurn(driver, people);
    churn.Run(options.Room, options.Rate > 0 ? options.Rate : 500, TimeSpan.FromSeconds(options.Seconds), ct);
    Console.WriteLine($"{{\"mode\":\"churn\",\"done\":{churn.Done},\"refused\":{churn.Refused},\"failure\":\"{churn.FirstFailure}\"}}");
    return churn.Refused == 0 && churn.FirstFailure is null ? 0 : 3;
}

static async Task<int> ReadAsync(LoadOptions options, ServerProbe? server, CancellationToken ct)
{
    using var rest = new OpenImRest(new Uri(options.Url, options.Path));
    await rest.LogInAsync(options.Secret, options.Admin, ct);
    var size = new LibrarySize(options.Conversations, options.Friends, options.Groups, options.History);

    using var line = new MemoryStream();
    using var json = new Utf8JsonWriter(line);
    json.WriteStartObject();
    json.WriteString("mode", options.Mode);
    json.WriteNumber("conversations", size.Conversations);
    json.WriteNumber("friends", size.Friends);
    json.WriteNumber("groups", size.Groups);
    json.WriteNumber("history", size.History);
    await new ReadRun(new OpenImLibrary(rest, size), size, server).RunAsync(json, ct);
    json.WriteEndObject();
    json.Flush();
    Console.WriteLine(System.Text.Encoding.UTF8.GetString(line.ToArray()));
    return 0;
}
