using Dragoman.Engine.Files;

namespace Dragoman.Engine.Ports;

/// <summary>
/// Opens an upload and reserves its bytes. Conflicts with <see cref="Condition.UploadLimitReached"/> and
/// <see cref="Condition.StorageQuotaReached"/>.
/// </summary>
/// <param name="MaxOpen">Uploads that its owner may have open, this one included.</param>
/// <param name="MaxAppBytes">Bytes that the app may have, this upload included.</param>
public sealed record OpenUpload(AppId App, Upload Upload, int MaxOpen, long MaxAppBytes) : StoreChange(App);

/// <summary>Ends an open upload and gives its reserved bytes back. Conflicts with <see cref="Condition.UploadNotFound"/> when it is not open.</summary>
/// <param name="Checksum">What it turned out to be.</param>
public sealed record EndUpload(AppId App, UploadId Upload, UploadState State, FileChecksum Checksum) : StoreChange(App);

/// <summary>Forgets uploads that have ended.</summary>
public sealed record ForgetUploads(AppId App, IReadOnlyList<UploadId> Uploads) : StoreChange(App);

/// <summary>
/// Adds a file, or replaces the one of this name. Conflicts with <see cref="Condition.FileNotFound"/> when it shares a
/// content that is not there any more.
/// </summary>
/// <param name="IsNewContent">The content comes with the file; else it is one that other files have.</param>
public sealed record PutFile(AppId App, StoredFile File, bool IsNewContent) : StoreChange(App);

/// <summary>Removes a file. The last one that has a content discards it: its bytes are deleted later.</summary>
public sealed record RemoveFile(AppId App, string Name) : StoreChange(App);

/// <summary>The bytes of these discarded contents are deleted.</summary>
public sealed record ForgetDiscarded(AppId App, IReadOnlyList<string> Locations) : StoreChange(App);

/// <summary>Keeps the key that signs links, unless there is one. It belongs to no app.</summary>
public sealed record KeepFileKey(byte[] Key) : StoreChange(default(AppId));
