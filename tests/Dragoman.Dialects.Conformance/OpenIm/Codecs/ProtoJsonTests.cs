using System.Text;
using System.Text.Json;
using Dragoman.Dialects.OpenIm.Json;
using Dragoman.Dialects.OpenIm.Protos;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Codecs;

public sealed class ProtoJsonTests
{
    [Fact]
    public void A_conversation_is_written_as_the_vendor_does() =>
        Assert.Equal(
            """{"ownerUserID":"u1","conversationID":"si_u1_u2","recvMsgOpt":0,"conversationType":1,"userID":"u2","groupID":"","isPinned":false"""
            + ""","attachedInfo":"","isPrivateChat":false,"groupAtType":0,"ex":"","burnDuration":0,"minSeq":0,"maxSeq":0,"msgDestructTime":0"""
            + ""","latestMsgDestructTime":0,"isMsgDestruct":false}""",
            Write(new Conversation { OwnerUserID = "u1", ConversationID = "si_u1_u2", ConversationType = 1, UserID = "u2" }));

    [Fact]
    public void Empty_lists_maps_and_absent_messages_are_null()
    {
        Assert.Equal("""{"respList":null}""", Write(new BatchGetIncrementalGroupMemberResp()));
        Assert.Equal("""{"msgs":null,"notificationMsgs":null}""", Write(new PushMessages()));
        Assert.Equal("""{"url":"","upload":null}""", Write(new InitiateMultipartUploadResp()));
        Assert.Equal("""{"userIDs":null}""", Write(new GetGroupMemberUserIDsResp()));
    }

    [Fact]
    public void Sixty_four_bit_integers_are_numbers() =>
        Assert.Equal(
            """{"version":18446744073709551615,"versionID":"v","equal":true,"userIDs":["a","b"]}""",
            Write(new getFullFriendUserIDsResp { Version = ulong.MaxValue, VersionID = "v", Equal = true, UserIDs = { "a", "b" } }));

    [Fact]
    public void Names_keep_their_case()
    {
        Assert.Equal("""{"FriendRequests":null,"total":0}""", Write(new getPaginationFriendsApplyToResp()));
        Assert.Equal("""{"CommandResp":null}""", Write(new processUserCommandGetResp()));
        Assert.Equal("""{"filename":"f","URL":"u"}""", Write(new fileURL { Filename = "f", URL = "u" }));
        Assert.Equal("""{"IsSyncSelf":true,"IsSyncOther":false}""", Write(new DeleteSyncOpt { IsSyncSelf = true }));
        Assert.Equal("""{"Msgs":null,"isEnd":false,"endSeq":0}""", Write(new PullMsgs()));
        Assert.Equal(
            """{"revokerUserID":"","clientMsgID":"","revokeTime":0,"sesstionType":1,"seq":0,"conversationID":"","isAdminRevoke":false}""",
            Write(new RevokeMsgTips { SesstionType = 1 }));
    }

    [Fact]
    public void Wrappers_are_bare_values_and_absent_ones_null()
    {
        var info = new UserInfoWithEx { UserID = "u1", Nickname = new StringValue { Value = "" }, GlobalRecvMsgOpt = new Int32Value { Value = 2 } };

        Assert.Equal("""{"userID":"u1","nickname":"","faceURL":null,"ex":null,"globalRecvMsgOpt":2}""", Write(info));
        Assert.Equal(info, Parse<UserInfoWithEx>("""{"userID":"u1","nickname":"","faceURL":null,"globalRecvMsgOpt":2}"""));
    }

    [Fact]
    public void Optional_scalars_know_whether_they_were_given()
    {
        Assert.Equal("""{"groupID":"g","deleteMember":false,"sendMessage":null}""", Write(new DismissGroupReq { GroupID = "g" }));
        Assert.Equal("""{"groupID":"g","deleteMember":false,"sendMessage":false}""", Write(new DismissGroupReq { GroupID = "g", SendMessage = false }));
        Assert.True(Parse<DismissGroupReq>("""{"sendMessage":false}""").HasSendMessage);
        Assert.False(Parse<DismissGroupReq>("""{"sendMessage":null}""").HasSendMessage);
    }

    [Fact]
    public void Bytes_are_base64_and_enums_numbers()
    {
        var message = new MsgData { Content = ByteString.CopyFromUtf8("{}") };

        Assert.Contains("\"content\":\"e30=\"", Write(message));
        Assert.Equal(message, Parse<MsgData>("""{"content":"e30="}"""));
        Assert.Equal("""{"userID":"","seqRanges":null,"order":1}""", Write(new PullMessageBySeqsReq { Order = PullOrder.Desc }));
        Assert.Equal(PullOrder.Desc, Parse<PullMessageBySeqsReq>("""{"order":1}""").Order);
    }

    [Fact]
    public void Text_is_written_as_text() =>
        Assert.Equal("""{"detail":"<ü>&'語\"\n"}""", Write(new NotificationElem { Detail = "<ü>&'語\"\n" }));

    [Fact]
    public void Names_match_in_any_case_and_unknown_ones_are_ignored() =>
        Assert.Equal(
            new getUserTokenReq { PlatformID = 5, UserID = "u1" },
            Parse<getUserTokenReq>(""" {"PLATFORMID":5,"userid":"u1","more":{"a":[1,{"b":null}]}} """));

    [Fact]
    public void Lists_maps_and_messages_are_read() =>
        Assert.Equal(
            new setUserClientConfigReq { UserID = "u1", Configs = { ["a"] = "1", ["b"] = "" } },
            Parse<setUserClientConfigReq>("""{"userID":"u1","configs":{"a":"1","b":null}}"""));

    [Fact]
    public void A_null_in_a_list_is_the_zero_value() =>
        Assert.Equal(
            new userRegisterReq { Users = { new UserInfo(), new UserInfo { UserID = "u1" } } },
            Parse<userRegisterReq>("""{"users":[null,{"userID":"u1"}]}"""));

    [Fact]
    public void Any_json_survives_where_the_vendor_allows_it()
    {
        var request = Parse<SendMsgApiReq>("""{"sendID":"u1","content":{"content":"hi", "n":[1.50,null]}}""");

        Assert.Equal("""{"content":"hi", "n":[1.50,null]}""", request.Content.Json);
        Assert.Contains("\"content\":{\"content\":\"hi\", \"n\":[1.50,null]},", Write(request));
        Assert.Contains("\"content\":null,", Write(new SendMsgApiReq()));
    }

    [Fact]
    public void The_two_routes_of_the_js_sdk_have_their_own_messages()
    {
        var reply = new Dragoman.Dialects.OpenIm.Protos.Jssdk.GetConversationsResp { UnreadCount = 1, Conversations = { new Dragoman.Dialects.OpenIm.Protos.Jssdk.ConversationMsg { MaxSeq = 3 } } };

        Assert.Equal("""{"unreadCount":1,"conversations":[{"conversation":null,"lastMsg":null,"user":null,"friend":null,"group":null,"maxSeq":3,"readSeq":0}]}""", Write(reply));
    }

    [Fact]
    public void A_null_list_is_told_from_an_empty_one()
    {
        Assert.False(Presence("""{"userIDs":null}""").Has("userIDs"));
        Assert.False(Presence("""{}""").Has("userIDs"));
        Assert.False(Presence("null").Has("userIDs"));
        Assert.True(Presence("""{"UserIDs":[]}""").Has("userIDs"));
        Assert.Throws<ArgumentException>(() => Presence("{}").Has("users"));
    }

    [Fact]
    public void A_response_without_fields_is_told_from_one_with_fields()
    {
        Assert.False(ProtoJson.HasFields(new Empty()));
        Assert.True(ProtoJson.HasFields(new GetServerTimeResp()));
    }

    [Theory]
    [InlineData("""{"platformID":"5"}""", "json: cannot unmarshal string into Go struct field getUserTokenReq.platformID of type int32")]
    [InlineData("""{"platformID":1.0}""", "json: cannot unmarshal number 1.0 into Go struct field getUserTokenReq.platformID of type int32")]
    [InlineData("""{"platformID":2147483648}""", "json: cannot unmarshal number 2147483648 into Go struct field getUserTokenReq.platformID of type int32")]
    [InlineData("""{"userID":true}""", "json: cannot unmarshal bool into Go struct field getUserTokenReq.userID of type string")]
    [InlineData("""{"userID":{}}""", "json: cannot unmarshal object into Go struct field getUserTokenReq.userID of type string")]
    [InlineData("[]", "json: cannot unmarshal array into Go value of type getUserTokenReq")]
    [InlineData("", "EOF")]
    [InlineData("{", "unexpected end of JSON input")]
    [InlineData("""{"userID":"u1" """, "unexpected end of JSON input")]
    [InlineData("{userID}", "invalid character 'u' at offset 1")]
    [InlineData("{}\n{}", "invalid character '{' at offset 3")]
    [InlineData("""{"userID":"\ud800"}""", "invalid surrogate pair in JSON string")]
    public void What_does_not_parse_says_why(string json, string error)
    {
        Assert.False(ProtoJson.TryParse(Encoding.UTF8.GetBytes(json), new getUserTokenReq(), out var actual));

        Assert.Equal(error, actual);
    }

    [Fact]
    public void Wrong_types_inside_lists_maps_wrappers_and_messages_are_found()
    {
        Assert.Contains("of type []string", Error<getDesignateUsersReq>("""{"userIDs":"u1"}"""));
        Assert.Contains("number 7 into Go struct field getDesignateUsersReq.userIDs of type string", Error<getDesignateUsersReq>("""{"userIDs":["a",7]}"""));
        Assert.Contains("of type map[string]string", Error<setUserClientConfigReq>("""{"configs":[]}"""));
        Assert.Contains("UserInfoWithEx.nickname", Error<updateUserInfoExReq>("""{"userInfo":{"nickname":{"value":"x"}}}"""));
        Assert.Contains("of type openim.sdkws.UserInfo", Error<userRegisterReq>("""{"users":[[]]}"""));
        Assert.Contains("illegal base64 data", Error<MsgData>("""{"content":"!"}"""));
    }

    [Fact]
    public void Depth_is_limited() =>
        Assert.NotEmpty(Error<getUserTokenReq>("{\"x\":" + new string('[', 100) + new string(']', 100) + "}"));

    [Fact]
    public void Invalid_utf8_is_refused() =>
        Assert.False(ProtoJson.TryParse([.. "{\"userID\":\""u8, 0xff, .. "\"}"u8], new getUserTokenReq(), out _));

    [Fact]
    public void Every_message_can_be_written_and_read_back()
    {
        var messages = Files().SelectMany(file => file.MessageTypes).SelectMany(type => type.NestedTypes.Where(nested => !IsMapEntry(nested)).Prepend(type)).ToList();

        Assert.True(messages.Count > 300);
        Assert.All(messages, type =>
        {
            var filled = Fill(type, depth: 3);

            var json = Write(filled);
            var back = type.Parser.ParseFrom(ByteString.Empty);

            Assert.True(ProtoJson.TryParse(Encoding.UTF8.GetBytes(json), back, out var error), error);
            Assert.Equal(filled, back);
            Assert.Equal(type.Fields.InDeclarationOrder().Select(field => field.Name), JsonDocument.Parse(json).RootElement.EnumerateObject().Select(member => member.Name));
        });
    }

    [Fact]
    public void Bad_json_is_refused_without_a_fault()
    {
        byte[][] valid =
        [
            Encoding.UTF8.GetBytes(Write(Fill(MsgData.Descriptor, depth: 3))),
            Encoding.UTF8.GetBytes(Write(Fill(updateUserInfoExReq.Descriptor, depth: 3))),
            Encoding.UTF8.GetBytes(Write(Fill(SendMsgApiReq.Descriptor, depth: 3))),
            """{"userID":"\u00fc\n","seqRanges":[{"begin":-1},null],"order":1}"""u8.ToArray(),
        ];

        Fuzz.Run(seed: 9, count: 10_000, valid, json =>
        {
            Parses<MsgData>(json);
            if (json.Length % 3 == 0) Parses<updateUserInfoExReq>(json);
            else Parses<SendMsgApiReq>(json);
        });
    }

    private static void Parses<T>(byte[] json) where T : IMessage, new()
    {
        var message = new T();
        if (ProtoJson.TryParse(json, message, out var error)) _ = Write(message);
        else Assert.NotEmpty(error);
    }

    private static IEnumerable<FileDescriptor> Files() =>
    [
        SdkwsReflection.Descriptor, AuthReflection.Descriptor, UserReflection.Descriptor, RelationReflection.Descriptor, GroupReflection.Descriptor,
        ConversationReflection.Descriptor, MsgReflection.Descriptor, ThirdReflection.Descriptor, PushReflection.Descriptor, ApiReflection.Descriptor,
        Dragoman.Dialects.OpenIm.Protos.Jssdk.JssdkReflection.Descriptor,
    ];

    private static bool IsMapEntry(MessageDescriptor type) => type.GetOptions()?.MapEntry == true;

    /// <summary>A message with a value in every field.</summary>
    private static IMessage Fill(MessageDescriptor type, int depth)
    {
        var message = type.Parser.ParseFrom(ByteString.Empty);
        if (message is RawJson raw) raw.Json = """{"any":[1]}""";
        else foreach (var field in type.Fields.InDeclarationOrder()) Fill(message, field, depth);
        return message;
    }

    private static void Fill(IMessage message, FieldDescriptor field, int depth)
    {
        if (depth == 0) return;
        if (field.IsMap) ((System.Collections.IDictionary)field.Accessor.GetValue(message))["key"] = Value(field.MessageType.FindFieldByName("value"), depth);
        else if (field.IsRepeated) ((System.Collections.IList)field.Accessor.GetValue(message)).Add(Value(field, depth));
        else field.Accessor.SetValue(message, Value(field, depth));
    }

    private static object Value(FieldDescriptor field, int depth) => field.FieldType switch
    {
        FieldType.String => "text ü",
        FieldType.Bytes => ByteString.CopyFrom(1, 2, 255),
        FieldType.Bool => true,
        FieldType.Int32 => int.MinValue,
        FieldType.Int64 => long.MinValue,
        FieldType.UInt32 => uint.MaxValue,
        FieldType.UInt64 => ulong.MaxValue,
        FieldType.Enum => 1,
        _ => Fill(field.MessageType, depth - 1),
    };

    private static string Write(IMessage message) => Encoding.UTF8.GetString(ProtoJson.ToUtf8Bytes(message));

    private static T Parse<T>(string json) where T : IMessage, new()
    {
        var message = new T();
        Assert.True(ProtoJson.TryParse(Encoding.UTF8.GetBytes(json), message, out var error), error);
        return message;
    }

    private static string Error<T>(string json) where T : IMessage, new()
    {
        Assert.False(ProtoJson.TryParse(Encoding.UTF8.GetBytes(json), new T(), out var error));
        return error;
    }

    private static JsonPresence Presence(string json)
    {
        Assert.True(ProtoJson.TryParse(Encoding.UTF8.GetBytes(json), new getDesignateUsersReq(), out var presence, out var error), error);
        return presence;
    }
}
