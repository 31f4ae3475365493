using Dragoman.Engine.Conversations;

namespace Dragoman.Storage.Sql.Writing;

/// <summary>What a change may use while it is written: the transaction's connection, its time, and where logs end.</summary>
internal sealed class WriteScope(SqlSession db, ILogHeads heads)
{
    public SqlSession Db { get; } = db;

    /// <summary>When this batch is written, Unix milliseconds.</summary>
    public long Now { get; set; }

    /// <summary>The conversation's row, which is created when it does not exist, and the ends of its logs.</summary>
    public LogHead HeadOf(ConversationKey key) => heads.Of(key, Now);

    /// <summary>The id of the conversation's row.</summary>
    public long IdOf(ConversationKey key) => heads.IdOf(key, Now);
}

/// <summary>Where each conversation's logs end, for whoever writes them.</summary>
internal interface ILogHeads
{
    /// <summary>The head of a conversation, which is created when it does not exist.</summary>
    LogHead Of(ConversationKey key, long now);

    /// <summary>The id of a conversation's row, which is created when it does not exist. Nobody is kept from writing to its logs.</summary>
    long IdOf(ConversationKey key, long now);
}
