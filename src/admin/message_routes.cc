// The routes of the admin API: messages.
#include "admin/handlers.h"
#include "admin/inbox_schema.h"
#include "admin/message_schema.h"
#include "admin/route_tables.h"
#include "admin/sending_schema.h"

namespace parley::admin {
namespace {

using base::Describe;
using http::QuerySpec;
using http::ResponseSpec;
using enum http::Method;

constexpr QuerySpec kChatQuery[] = {
    {"query", "A part of a name or number, in any case of A to Z"},
    {"after", "`next` of the page before"},
    {"limit", "Up to 500, 50 when left out"},
};
constexpr QuerySpec kChatMessageQuery[] = {
    {"before", "`next` of the page before, or any message of the chat"},
    {"limit", "Up to 500, 50 when left out"},
};
constexpr QuerySpec kSearchQuery[] = {
    {"query",
     "A part of a text, a caption, a file's name or a transcription, in any case of A to Z", true},
    {"before", "`next` of the call before"},
    {"limit", "Up to 500, 50 when left out"},
};
constexpr QuerySpec kUploadQuery[] = {
    {"file_name", "As the receiver sees it"},
    {"kind", "image, video, audio, document or sticker; by the file's type when left out"},
};

constexpr ResponseSpec kMessage[] = {{200, "The message", &Describe<MessageView>}};
constexpr ResponseSpec kChats[] = {
    {200, "The one in which was written last stands first", &Describe<ChatList>}};
constexpr ResponseSpec kChatMessages[] = {{200, "Newest first", &Describe<MessagePage>}};
constexpr ResponseSpec kReadChat[] = {{204, "The senders are told"},
                                      {404, "Nobody has written in it", &Describe<ErrorReply>},
                                      {409, "The channel is not connected", &Describe<ErrorReply>}};
constexpr ResponseSpec kFound[] = {
    {200, "Newest first; one call looks at 20,000 messages at most", &Describe<FoundMessages>}};
constexpr ResponseSpec kSent[] = {
    {202, "Durable, and queued for its channel", &Describe<SentReply>},
    {409,
     "channel_not_connected: it has no phone; window_closed: only a template may be sent; "
     "idempotency_conflict: the key came with another body",
     &Describe<ErrorReply>},
    {422, "Faults of the body; not_supported: the link does not carry this kind",
     &Describe<ErrorReply>}};
constexpr ResponseSpec kModified[] = {
    {202, "Queued; the message that it changes, as it is now", &Describe<SentReply>},
    {404, "Unknown message", &Describe<ErrorReply>},
    {409, "The message cannot be changed so, or not any more", &Describe<ErrorReply>}};
constexpr ResponseSpec kUploaded[] = {
    {201, "Stored; kept as long as media is", &Describe<UploadReply>},
    {413, "Over 100 MB", &Describe<ErrorReply>},
    {422, "Of a type that cannot be sent, or larger than its kind may be", &Describe<ErrorReply>}};

#define CHAT CHANNEL "/chats/{chat}"
#define MESSAGE CHANNEL "/messages/{message_id}"

constexpr std::size_t kMaxUpload = std::size_t{100} << 20;

constexpr Row kMessageRoutes[] = {
    {{kGet, CHANNEL "/chats", "List chats", nullptr, kChatQuery, kChats}, &ListChats},
    {{kGet, CHAT "/messages", "List what stands in a chat", nullptr, kChatMessageQuery,
      kChatMessages},
     &ListChatMessages},
    {{kPost, CHAT "/read", "Mark a chat as read", nullptr, {}, kReadChat}, &ReadWholeChat},
    {{kGet, CHANNEL "/messages", "Search in messages", nullptr, kSearchQuery, kFound},
     &SearchMessages},
    {{kPost,
      CHANNEL "/messages",
      "Send a message; an Idempotency-Key header lets it be asked again safely",
      &Describe<SendMessageBody>,
      {},
      kSent},
     &SendMessage},
    {{kPatch, MESSAGE, "Replace the text of an own message", &Describe<EditBody>, {}, kModified},
     &EditMessage},
    {{kDelete, MESSAGE, "Delete an own message for everybody", nullptr, {}, kModified},
     &RevokeMessage},
    {{kPost, MESSAGE "/reaction", "React to a message", &Describe<ReactionBody>, {}, kModified},
     &ReactToMessage},
    {{kPost, MESSAGE "/vote", "Vote in a poll", &Describe<VoteBody>, {}, kModified}, &VoteInPoll},
    {{kPost, ACCOUNT "/uploads",
      "Upload a file for sending: the body is the file, Content-Type its type", nullptr,
      kUploadQuery, kUploaded, kMaxUpload},
     &UploadFile},
    {{kGet,
      ACCOUNT "/messages/{message_id}",
      "Get a message with its history",
      nullptr,
      {},
      kMessage},
     &GetMessage},
};

}  // namespace

std::span<const Row> MessageRoutes() { return kMessageRoutes; }

}  // namespace parley::admin
