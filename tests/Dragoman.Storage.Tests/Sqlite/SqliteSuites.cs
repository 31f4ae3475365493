using Dragoman.Storage.Tests.Suites;
using Dragoman.Testing;

namespace Dragoman.Storage.Tests.Sqlite;

public sealed class SqliteAccountTests() : AccountSuite(TestStorage.Sqlite);

public sealed class SqliteCredentialTests() : CredentialSuite(TestStorage.Sqlite);

public sealed class SqliteDeliveryTests() : DeliverySuite(TestStorage.Sqlite);

public sealed class SqliteReceiptTests() : ReceiptSuite(TestStorage.Sqlite);

public sealed class SqliteMessageStateTests() : MessageStateSuite(TestStorage.Sqlite);

public sealed class SqliteRoomTests() : RoomSuite(TestStorage.Sqlite);

public sealed class SqliteTopicTests() : TopicSuite(TestStorage.Sqlite);

public sealed class SqliteCommitTests() : CommitSuite(TestStorage.Sqlite);

public sealed class SqliteConversationTests() : ConversationSuite(TestStorage.Sqlite);

public sealed class SqliteEntryTests() : EntrySuite(TestStorage.Sqlite);

public sealed class SqliteGroupTests() : GroupSuite(TestStorage.Sqlite);
public sealed class SqliteGroupListTests() : GroupListSuite(TestStorage.Sqlite);

public sealed class SqliteApplicationTests() : ApplicationSuite(TestStorage.Sqlite);

public sealed class SqliteOutboxTests() : OutboxSuite(TestStorage.Sqlite);

public sealed class SqliteRelationTests() : RelationSuite(TestStorage.Sqlite);

public sealed class SqliteStreamTests() : StreamSuite(TestStorage.Sqlite);

public sealed class SqliteTextTests() : TextSuite(TestStorage.Sqlite);
