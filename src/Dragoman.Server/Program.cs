using Dragoman.Server.Configuration;
using Dragoman.Server.Hosting;

var faults = new ConfigurationFaults();
await using var host = await ServerHost.StartAsync(args, faults, Console.Out);
if (host is null) return faults.Report();

await host.WaitAsync();
return 0;
