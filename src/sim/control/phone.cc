#include <fmt/format.h>

#include <array>

#include "base/encoding.h"
#include "sim/control/handlers.h"
#include "sim/control/shown.h"

namespace parley::sim::control {
namespace {

using network::MessageKind;

struct PageQuery {
  std::uint64_t after;
  std::size_t limit;
};

base::Result<PageQuery> MessagesAfter(const Call& call) {
  PARLEY_TRY(after, call.QueryInteger("after", 0, 0, INT64_MAX));
  PARLEY_TRY(limit, call.QueryInteger("limit", 100, 1, network::kMaxPage));
  return PageQuery{static_cast<std::uint64_t>(after), static_cast<std::size_t>(limit)};
}

// A member of SendBody that some kinds need and no other takes.
struct Member {
  std::string_view name;
  bool (*given)(const SendBody& body);
  bool (*takes)(MessageKind kind);
};

bool IsMedia(MessageKind kind) {
  return kind >= MessageKind::kImage && kind <= MessageKind::kSticker;
}

constexpr auto kMembers = std::to_array<Member>({
    {"media", [](const SendBody& b) { return b.media.has_value(); }, &IsMedia},
    {"location", [](const SendBody& b) { return b.location.has_value(); },
     [](MessageKind kind) { return kind == MessageKind::kLocation; }},
    {"contacts", [](const SendBody& b) { return b.contacts.has_value(); },
     [](MessageKind kind) { return kind == MessageKind::kContacts; }},
    {"poll", [](const SendBody& b) { return b.poll.has_value(); },
     [](MessageKind kind) { return kind == MessageKind::kPoll; }},
});

// What is wrong with a body whose members are each for themselves right.
base::Error FaultsOf(const SendBody& body, const std::optional<std::string>& bytes) {
  base::Error error(base::ErrorCode::kInvalidFields);
  const auto demand = [&error](bool holds, std::string path, std::string text) {
    if (!holds) error.faults.push_back(base::FieldFault{std::move(path), std::move(text)});
  };
  const bool is_text = body.kind == MessageKind::kText;
  demand(body.kind <= MessageKind::kPoll, "kind",
         "Not typed like this; see /react, /edit, /delete, /vote, /choose and /fill_in");
  demand(!is_text || !body.text.value_or("").empty(), "text", "Required");
  for (const Member& member : kMembers) {
    const bool takes = member.takes(body.kind), given = member.given(body);
    demand(given || !takes, std::string(member.name), "Required");
    demand(takes || !given, std::string(member.name),
           "The kind '" + std::string(NameOf(body.kind)) + "' does not take this");
  }
  demand(!body.media || bytes, "media.data", "Must be Base64");
  demand(!body.voice.value_or(false) || body.kind == MessageKind::kAudio, "voice",
         "Only audio can be a voice message");
  return error;
}

base::Result<std::vector<std::string>> MentionsOf(const SendBody& body) {
  std::vector<std::string> mentions;
  if (!body.mentions) return mentions;
  for (std::size_t i = 0; i < body.mentions->size(); ++i) {
    PARLEY_TRY(number, ParseNumber((*body.mentions)[i], fmt::format("mentions[{}]", i)));
    mentions.push_back(number);
  }
  return mentions;
}

base::Result<network::Content> MediaContentOf(const SendBody& body, const std::string& bytes,
                                              network::MediaShelf& shelf) {
  network::MediaContent content;
  PARLEY_TRY(mentions, MentionsOf(body));
  PARLEY_TRY(sha256, shelf.Store(bytes));
  content.kind = body.kind;
  content.caption = body.text.value_or("");
  content.media.sha256 = sha256;
  content.media.mime_type = body.media->mime_type;
  content.media.file_name = body.media->file_name.value_or("");
  content.media.voice = body.voice.value_or(false);
  content.view_once = body.view_once.value_or(false);
  content.mentions = std::move(mentions);
  return network::Content(std::move(content));
}

base::Result<network::Content> ContentOf(const SendBody& body,
                                         const std::optional<std::string>& bytes,
                                         network::MediaShelf& shelf) {
  if (body.media) return MediaContentOf(body, *bytes, shelf);
  if (body.location) return network::Content(*body.location);
  if (body.contacts) return network::Content(network::ContactsContent{*body.contacts});
  if (body.poll) return network::Content(*body.poll);
  PARLEY_TRY(mentions, MentionsOf(body));
  return network::Content(network::TextContent{body.text.value_or(""), std::move(mentions)});
}

// The network's names for what a body calls otherwise.
base::Error InTheseTerms(base::Error error, MessageKind kind) {
  for (base::FieldFault& fault : error.faults) {
    if (fault.path == "body" || fault.path == "caption") fault.path = "text";
    if (kind == MessageKind::kPoll || kind == MessageKind::kLocation)
      fault.path = std::string(NameOf(kind)) + "." + fault.path;
    if (fault.path.starts_with("cards")) fault.path.replace(0, 5, "contacts");
  }
  return error;
}

}  // namespace

Answer GetInbox(const Call& call) {
  PARLEY_TRY(number, call.Number());
  PARLEY_TRY(page, MessagesAfter(call));
  PARLEY_TRY(rows, call.network.ListInbox(number, page.after, page.limit));
  Inbox inbox;
  for (const network::InboxRow& row : rows) inbox.messages.push_back(Show(row, call));
  return Reply(200, inbox);
}

bool InboxHoldsNothing(const Call& call) {
  const auto number = call.Number();
  const auto page = MessagesAfter(call);
  if (!number || !page) return false;  // answered at once, as an error
  const auto rows = call.network.ListInbox(*number, page->after, 1);
  return rows && rows->empty();
}

Answer GetOutbox(const Call& call) {
  PARLEY_TRY(number, call.Number());
  PARLEY_TRY(page, MessagesAfter(call));
  PARLEY_TRY(rows, call.network.ListOutbox(number, page.after, page.limit));
  Outbox outbox;
  for (const network::OutboxRow& row : rows) outbox.messages.push_back(Show(row, call));
  return Reply(200, outbox);
}

Answer SendMessage(const Call& call) {
  PARLEY_TRY(number, call.Number());
  PARLEY_TRY(known, call.network.FindPerson(number));
  PARLEY_TRY(body, call.Body<SendBody>());
  std::optional<std::string> bytes;
  if (body.media) bytes = base::FromBase64(body.media->data);
  base::Error faults = FaultsOf(body, bytes);
  const auto to = ParseChat(body.to, "to");
  if (!to) faults.faults.insert(faults.faults.begin(), to.error().faults.front());
  if (!faults.faults.empty()) return faults;
  network::Draft draft;
  PARLEY_TRY(content, ContentOf(body, bytes, call.network.media()));
  draft.to = *to;
  draft.content = std::move(content);
  draft.quoted = body.quoted.value_or("");
  const auto typed = call.network.SendAsPerson(number, std::move(draft));
  if (!typed) return InTheseTerms(typed.error(), body.kind);
  return Reply(201, Show(*typed));
}

Answer SendBroadcast(const Call& call) {
  PARLEY_TRY(number, call.Number());
  PARLEY_TRY(known, call.network.FindPerson(number));
  PARLEY_TRY(given, call.Body<BroadcastBody>());
  SendBody body;
  body.kind = given.kind;
  body.text = std::move(given.text);
  body.media = std::move(given.media);
  std::optional<std::string> bytes;
  if (body.media) bytes = base::FromBase64(body.media->data);
  base::Error faults = FaultsOf(body, bytes);
  std::vector<std::string> to;
  for (std::size_t i = 0; i < given.to.size(); ++i) {
    auto recipient = ParseNumber(given.to[i], fmt::format("to[{}]", i));
    if (!recipient) faults.faults.push_back(recipient.error().faults.front());
    if (recipient) to.push_back(std::move(*recipient));
  }
  if (!faults.faults.empty()) return faults;
  network::Draft draft;
  PARLEY_TRY(content, ContentOf(body, bytes, call.network.media()));
  draft.content = std::move(content);
  const auto typed = call.network.SendBroadcast(number, std::move(to), std::move(draft));
  if (!typed) return InTheseTerms(typed.error(), body.kind);
  return Reply(201, Show(*typed));
}

Answer ReadMessages(const Call& call) {
  PARLEY_TRY(number, call.Number());
  PARLEY_TRY(known, call.network.FindPerson(number));
  PARLEY_TRY(body, call.Body<ReadBody>());
  const bool played = body.played.value_or(false);
  if (body.id.has_value() == body.up_to.has_value())
    return base::FieldError("id", "Give either id or up_to");
  if (body.up_to && played) return base::FieldError("played", "Goes with id only");
  ReadAnswer answer;
  if (body.id) {
    PARLEY_TRY(rows, call.network.Read(number, *body.id, played));
    answer.rows = static_cast<std::int64_t>(rows);
  } else {
    PARLEY_TRY(rows, call.network.ReadUpTo(number, static_cast<std::uint64_t>(*body.up_to)));
    answer.rows = static_cast<std::int64_t>(rows);
  }
  return Reply(200, answer);
}

}  // namespace parley::sim::control
