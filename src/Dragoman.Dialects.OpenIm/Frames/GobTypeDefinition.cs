using System.Runtime.CompilerServices;

namespace Dragoman.Dialects.OpenIm.Frames;

/// <summary>
/// A gob struct type as its sender described it: which of our request fields stands at which index. It lives on the
/// stack for one frame, because every frame carries its own definition and the SDK's versions do not agree on it.
/// </summary>
internal struct GobTypeDefinition
{
    internal const int MaxFields = 32;
    internal const int BoolType = 1, IntType = 2, UIntType = 3, FloatType = 4, BytesType = 5, StringType = 6;

    // wireType's fields; only StructT may be set, for a request has neither arrays nor maps.
    private const int WireTypeFields = 7;
    private const int StructTypeIndex = 2;

    private Columns _columns;

    public long Id { get; private set; }

    public int FieldCount { get; private set; }

    public readonly GobColumn this[int index] => _columns[index];

    /// <summary>Reads the body of a definition message that follows its (negated) type id.</summary>
    public static bool TryRead(scoped ref GobReader reader, long id, out GobTypeDefinition definition)
    {
        definition = new GobTypeDefinition { Id = id };

        var index = -1;
        if (!reader.TryReadField(ref index, WireTypeFields, out var ended) || ended || index != StructTypeIndex) return false;
        if (!definition.TryReadStructType(ref reader)) return false;

        return reader.TryReadField(ref index, WireTypeFields, out ended) && ended && reader.AtEnd;
    }

    /// <summary>structType: the common part (name, id), which does not matter here, and the list of fields.</summary>
    private bool TryReadStructType(scoped ref GobReader reader)
    {
        for (var index = -1; ;)
        {
            if (!reader.TryReadField(ref index, fieldCount: 2, out var ended)) return false;
            if (ended) return true;

            var read = index == 0 ? TryReadNameAndId(ref reader, out _, out _) : TryReadFields(ref reader);
            if (!read) return false;
        }
    }

    private bool TryReadFields(scoped ref GobReader reader)
    {
        if (!reader.TryReadUInt(out var count) || count > MaxFields) return false;

        for (var i = 0; i < (int)count; i++)
        {
            if (!TryReadNameAndId(ref reader, out var name, out var typeId)) return false;
            if (typeId is < BoolType or > StringType) return false;

            var field = GobColumn.FieldByName(name);
            if (field != GobField.Unknown && typeId != GobColumn.TypeOf(field)) return false;

            _columns[i] = new GobColumn(field, (byte)typeId);
        }
        FieldCount = (int)count;
        return true;
    }

    /// <summary>CommonType and fieldType look the same: a name, then an id.</summary>
    private static bool TryReadNameAndId(scoped ref GobReader reader, out ReadOnlySpan<byte> name, out long id)
    {
        name = default;
        id = 0;
        for (var index = -1; ;)
        {
            if (!reader.TryReadField(ref index, fieldCount: 2, out var ended)) return false;
            if (ended) return true;

            var read = index == 0 ? reader.TryReadBytes(out name) : reader.TryReadInt(out id);
            if (!read) return false;
        }
    }

    [InlineArray(MaxFields)]
    private struct Columns
    {
        private GobColumn _first;
    }
}

internal enum GobField : byte { Unknown, ReqIdentifier, Token, SendId, OperationId, MsgIncr, Data }

/// <summary>One field of a sender's struct: which of ours it is, and the gob type that says how to step over it.</summary>
internal readonly record struct GobColumn(GobField Field, byte TypeId)
{
    /// <summary>gob matches names exactly, unlike Go's JSON.</summary>
    internal static GobField FieldByName(ReadOnlySpan<byte> name) => name.Length switch
    {
        13 when name.SequenceEqual("ReqIdentifier"u8) => GobField.ReqIdentifier,
        5 when name.SequenceEqual("Token"u8) => GobField.Token,
        6 when name.SequenceEqual("SendID"u8) => GobField.SendId,
        11 when name.SequenceEqual("OperationID"u8) => GobField.OperationId,
        7 when name.SequenceEqual("MsgIncr"u8) => GobField.MsgIncr,
        4 when name.SequenceEqual("Data"u8) => GobField.Data,
        _ => GobField.Unknown,
    };

    internal static int TypeOf(GobField field) => field switch
    {
        GobField.ReqIdentifier => GobTypeDefinition.IntType,
        GobField.Data => GobTypeDefinition.BytesType,
        _ => GobTypeDefinition.StringType,
    };
}
