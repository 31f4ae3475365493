namespace Dragoman.Engine;

/// <summary>One tenant. Every query and every cache key carries it.</summary>
public readonly record struct AppId(int Value)
{
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>An account's id as the app chose it. Never holds control characters, so that keys can be joined with them.</summary>
public readonly record struct UserId(string Value)
{
    public bool IsEmpty => string.IsNullOrEmpty(Value);
    public override string ToString() => Value;
}

/// <summary>A group's id: chosen by the app, or made by the dialect that created the group.</summary>
public readonly record struct GroupId(string Value)
{
    public bool IsEmpty => string.IsNullOrEmpty(Value);
    public override string ToString() => Value;
}

/// <summary>A room's id: chosen by the app, or made by the dialect that created the room.</summary>
public readonly record struct RoomId(string Value)
{
    public bool IsEmpty => string.IsNullOrEmpty(Value);
    public override string ToString() => Value;
}

/// <summary>The id of a topic of a group, unique in the app: chosen by the app, or made by the dialect that created the topic.</summary>
public readonly record struct TopicId(string Value)
{
    public bool IsEmpty => string.IsNullOrEmpty(Value);
    public override string ToString() => Value;
}

/// <summary>Names a kind of room. Stored.</summary>
public readonly record struct RoomTypeId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>Names a kind of group: who may do what in it, and how people come in. Stored.</summary>
public readonly record struct GroupTypeId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>Positive, below 2^53, unique on the server and strictly increasing inside a log.</summary>
public readonly record struct MessageId(long Value)
{
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>One live connection on this node; never reused while the process runs. 0 is "no connection".</summary>
public readonly record struct SessionId(long Value);

/// <summary>Who wrote a body, so that it is read back in the same language. 0 is the engine itself (notices).</summary>
/// <remarks>The numbers are stored: a dialect keeps its number for ever.</remarks>
public readonly record struct DialectId(byte Value)
{
    public static readonly DialectId Engine = default;
}

/// <summary>A kind of device as its dialect counts them; what a login policy and a presence list speak of.</summary>
public readonly record struct DeviceSlot(DialectId Dialect, int Value);

/// <summary>A kind of device in words that all dialects understand.</summary>
public enum DeviceKind : byte
{
    Other = 0,
    Ios,
    Android,
    Harmony,
    Windows,
    Mac,
    Linux,
    Pad,
    Web,
    MiniProgram,
    Console,
}
