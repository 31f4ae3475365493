using Dragoman.Storage.Tests.Suites;
using Dragoman.Testing;

namespace Dragoman.Storage.Tests.Postgres;

public sealed class PostgresAccountTests() : AccountSuite(TestStorage.Postgres);

public sealed class PostgresCredentialTests() : CredentialSuite(TestStorage.Postgres);

public sealed class PostgresDeliveryTests() : DeliverySuite(TestStorage.Postgres);

public sealed class PostgresCommitTests() : CommitSuite(TestStorage.Postgres);

public sealed class PostgresConversationTests() : ConversationSuite(TestStorage.Postgres);

public sealed class PostgresEntryTests() : EntrySuite(TestStorage.Postgres);

public sealed class PostgresGroupTests() : GroupSuite(TestStorage.Postgres);
public sealed class PostgresGroupListTests() : GroupListSuite(TestStorage.Postgres);

public sealed class PostgresApplicationTests() : ApplicationSuite(TestStorage.Postgres);

public sealed class PostgresOutboxTests() : OutboxSuite(TestStorage.Postgres);

public sealed class PostgresRelationTests() : RelationSuite(TestStorage.Postgres);

public sealed class PostgresStreamTests() : StreamSuite(TestStorage.Postgres);

public sealed class PostgresTextTests() : TextSuite(TestStorage.Postgres);

public sealed class PostgresReceiptTests() : ReceiptSuite(TestStorage.Postgres);

public sealed class PostgresMessageStateTests() : MessageStateSuite(TestStorage.Postgres);

public sealed class PostgresRoomTests() : RoomSuite(TestStorage.Postgres);

public sealed class PostgresTopicTests() : TopicSuite(TestStorage.Postgres);
