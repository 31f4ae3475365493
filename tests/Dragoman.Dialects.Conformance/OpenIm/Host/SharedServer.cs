using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

[assembly: AssemblyFixture(typeof(SharedServer))]

namespace Dragoman.Dialects.Conformance.OpenIm.Host;

/// <summary>One server with the vendor's defaults for all tests that need nothing else.</summary>
public sealed class SharedServer : OpenImServer;
