using Dragoman.Dialects.Conformance.OpenIm.Host;

namespace Dragoman.Dialects.Conformance.OpenIm.Rest.Object;

/// <summary>A server with parts of 16 KiB, so that a file of several parts is small; and apps with bounds of their own.</summary>
public sealed class ObjectServer : OpenImServer
{
    public const int PartSize = 16 * 1024;
    public const int MaxParts = 100;

    internal override IReadOnlyList<(string Name, string Settings)> AppSettings =>
    [
        ("demo", "{}"),
        ("brief", """{"object":{"uploadExpireSeconds":2}}"""),
        ("narrow", """{"object":{"maxFileBytes":1000}}"""),
        ("full", """{"object":{"maxAppBytes":1500}}"""),
        ("other", "{}"),
    ];

    internal override IReadOnlyList<string> Options =>
        [$"--Files:MinPart={PartSize}", $"--Files:MaxPart={4 * PartSize}", $"--Files:MaxParts={MaxParts}", "--Files:MaxOpenUploads=3"];
}
