// Numbers, contacts and conversations, and the number's own profile.
#include "core/contacts/contacts.h"

#include <algorithm>
#include <charconv>

#include "api/twochat/addresses.h"
#include "api/twochat/handlers.h"
#include "api/twochat/payload.h"
#include "api/twochat/schema.h"
#include "base/text.h"
#include "core/chats/chats.h"
#include "core/contacts/spelling.h"
#include "core/numbers.h"
#include "core/profiles/profiles.h"
#include "http/body.h"

namespace parley::api::twochat {
namespace {

constexpr int kConversationsPage = 10;  // a page
constexpr std::int64_t kMostContacts = 100;
constexpr std::int64_t kLastContactsPage = 1'000'000;

base::Result<std::int64_t> QueryNumber(const http::Request& request, std::string_view name,
                                       std::int64_t otherwise, std::int64_t min, std::int64_t max) {
  const std::string text = request.Query(name).value_or("");
  if (text.empty()) return otherwise;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < min || number > max)
    return base::FieldError(std::string(name),
                            "Must be from " + std::to_string(min) + " to " + std::to_string(max));
  return number;
}

// The first word is the first name; 2Chat has two fields where WhatsApp has one.
ListedContact ShownContactOf(const core::Person& person) {
  const std::string& name = person.peer.name;
  const std::size_t blank = name.find(' ');
  ListedContact contact;
  contact.uuid = Spell(person.id);
  contact.first_name = base::NonEmpty(name.substr(0, blank));
  if (blank != std::string::npos) contact.last_name = base::NonEmpty(name.substr(blank + 1));
  if (!person.peer.phone.empty())
    contact.contact_detail.push_back(ContactDetail{"PH", "+" + person.peer.phone});
  contact.created_at = base::FormatTime(person.created_at, base::TimeStyle::kIsoNoZone);
  return contact;
}

http::Response ReplyWith(int status, const core::Person& person) {
  ContactReply reply;
  reply.contact = ShownContactOf(person);
  return http::Response::Json(status, base::EncodeText(reply));
}

std::optional<std::string> NumberIn(const ContactBody& body) {
  if (body.phone_number) return body.phone_number;
  if (!body.contact_detail) return std::nullopt;
  for (const ContactDetail& detail : *body.contact_detail)
    if (detail.type == "PH" || detail.type == "WAPH") return detail.value;
  return std::nullopt;
}

// What a body makes of a name; absent parts stay.
std::string NameOf(const ContactBody& body, const std::string& known) {
  const std::size_t blank = known.find(' ');
  std::string first = known.substr(0, blank);
  std::string last = blank == std::string::npos ? "" : known.substr(blank + 1);
  first = body.first_name.value_or(first);
  last = body.last_name.value_or(last);
  return last.empty() ? first : first + " " + last;
}

// The channel that a contact is also written to; none when the body names none.
base::Task<base::Result<core::ChannelPtr>> ChannelIn(Call& call, std::optional<std::string> uuid) {
  if (!uuid) co_return core::ChannelPtr();
  const auto id = ParseChannelId(*uuid);
  if (!id) co_return base::FieldError("channel_uuid", "Unknown channel");
  co_return co_await call.core.directory.ChannelById(call.caller, *id);
}

base::Task<base::Result<core::Person>> ContactInPath(Call& call) {
  const auto id = ParseContactId(call.match["contact_uuid"]);
  if (!id) co_return base::Error(base::ErrorCode::kNotFound, "The contact was not found");
  PARLEY_CO_TRY(person, co_await call.core.contacts.Get(call.caller->account.row, *id));
  if (person.peer.name.empty())
    co_return base::Error(base::ErrorCode::kNotFound, "The contact was not found");
  co_return std::move(person);
}

HandlerResult ContactsMatching(Call& call, std::string search) {
  PARLEY_CO_TRY(page_number, QueryNumber(call.request, "page_number", 0, 0, kLastContactsPage));
  PARLEY_CO_TRY(per_page, QueryNumber(call.request, "results_per_page", 50, 1, kMostContacts));
  core::ContactStore::ContactPage page;
  page.search = std::move(search);
  page.limit = static_cast<int>(per_page);
  page.offset = static_cast<int>(page_number * per_page);
  PARLEY_CO_TRY(people,
                co_await call.core.contacts.List(call.caller->account.row, std::move(page)));
  ContactList list;
  list.page_number = page_number;
  for (const core::Person& person : people) list.contacts.push_back(ShownContactOf(person));
  co_return http::Response::Json(200, base::EncodeText(list));
}

// The carrier is the one that the number was assigned to, whether numbers may be ported or not.
CheckedNumber CheckedOf(core::NumberDetails details) {
  CheckedNumber number;
  number.iso_country_code = std::move(details.country);
  number.region = std::move(details.region);
  number.carrier = std::move(details.carrier);
  number.timezone = std::move(details.time_zones);
  return number;
}

// Pictures cost a question and a file; only whoever may be asked about has one.
base::Task<base::Result<WhatsAppInfo>> InfoOf(Call& call, core::ChannelPtr channel,
                                              core::NumberFound found) {
  WhatsAppInfo info;
  info.is_business = found.peer.is_business;
  info.is_enterprise = found.is_enterprise;
  info.verified_level = found.verified_level;
  info.verified_name = base::NonEmpty(found.peer.verified_name);
  info.status_text = base::NonEmpty(found.about);
  if (found.has_picture) {
    PARLEY_CO_TRY(picture, co_await call.core.contacts.Picture(channel, found.asked));
    if (picture) info.profile_pic = call.core.media_links.UrlOf(*picture);
  }
  co_return std::move(info);
}

// In any letter case: Python's clients write False.
bool IsFalse(std::string_view text) {
  constexpr std::string_view kFalse = "false";
  return std::equal(text.begin(), text.end(), kFalse.begin(), kFalse.end(),
                    [](char a, char b) { return (a | 0x20) == b; });
}

HandlerResult SearchContacts(Call& call) {
  std::string search = call.request.Query("q").value_or("");
  if (search.empty()) search = call.request.Query("query").value_or("");
  // Numbers are kept without their plus, which a query may turn into a blank.
  if (search.starts_with('+') || search.starts_with(' ')) search.erase(0, 1);
  return ContactsMatching(call, std::move(search));
}

}  // namespace

HandlerResult CheckNumber(Call& call) {
  PARLEY_CO_TRY(channel, co_await ChannelOf(call, call.match["your_number"], "your-number"));
  CheckReply reply;
  const auto target = ParseNumber(call.match["target"], "target");
  if (!target) co_return http::Response::Json(200, base::EncodeText(reply));
  core::NumberDetails details = call.core.numbers.Describe(target->value);
  PARLEY_CO_TRY(found, co_await call.core.contacts.Check(channel, *target));
  reply.on_whatsapp = found.on_network;
  // The vendor says "syntactically": country code and length. Whoever is there is valid anyhow.
  reply.is_valid = details.is_possible || found.on_network;
  reply.number = CheckedOf(std::move(details));
  if (found.on_network && !IsFalse(call.request.Query("extra-information").value_or(""))) {
    PARLEY_CO_TRY(info, co_await InfoOf(call, channel, std::move(found)));
    reply.whatsapp_info = std::move(info);
  }
  co_return http::Response::Json(200, base::EncodeText(reply));
}

HandlerResult ListContacts(Call& call) { return ContactsMatching(call, ""); }

HandlerResult CreateContact(Call& call) {
  PARLEY_CO_TRY(body, http::DecodeBody<ContactBody>(call.request, http::kJsonBody, kRules));
  base::Error faults(base::ErrorCode::kInvalidFields);
  const auto number = NumberIn(body);
  const std::string name = NameOf(body, "");
  if (name.empty()) faults.Absorb(base::FieldError("first_name", "Required"));
  if (!number) faults.Absorb(base::FieldError("contact_detail", "One of type PH is required"));
  auto who = ParseNumber(number.value_or("+15550100"), "contact_detail");
  if (!who) faults.Absorb(who.error());
  if (!faults.faults.empty()) co_return faults;
  PARLEY_CO_TRY(channel, co_await ChannelIn(call, body.channel_uuid));
  PARLEY_CO_TRY(person, co_await call.core.contacts.Name(call.caller->account.row, channel,
                                                         std::move(*who), name));
  co_return ReplyWith(201, person);
}

HandlerResult GetContact(Call& call) {
  // The vendor's path for searching stands where an id would.
  if (call.match["contact_uuid"] == "search") co_return co_await SearchContacts(call);
  PARLEY_CO_TRY(person, co_await ContactInPath(call));
  co_return ReplyWith(200, person);
}

HandlerResult UpdateContact(Call& call) {
  PARLEY_CO_TRY(known, co_await ContactInPath(call));
  PARLEY_CO_TRY(body, http::DecodeBody<ContactBody>(call.request, http::kJsonBody, kRules));
  const auto number = NumberIn(body);
  if (number) {
    PARLEY_CO_TRY(same, ParseNumber(*number, "contact_detail"));
    if (!core::IsSameNumber(same.value, known.peer.phone))
      co_return base::FieldError("contact_detail", "The number of a contact cannot be changed");
  }
  std::string name = NameOf(body, known.peer.name);
  if (name.empty()) co_return base::FieldError("first_name", "Required");
  PARLEY_CO_TRY(channel, co_await ChannelIn(call, body.channel_uuid));
  PARLEY_CO_TRY(person, co_await call.core.contacts.Name(known.account, channel,
                                                         known.peer.address(), std::move(name)));
  co_return ReplyWith(200, person);
}

HandlerResult DeleteContact(Call& call) {
  PARLEY_CO_TRY(known, co_await ContactInPath(call));
  core::ChannelPtr none;
  PARLEY_CO_CHECK(co_await call.core.contacts.Name(known.account, none, known.peer.address(), ""));
  co_return http::Response::Json(200, base::EncodeText(Success()));
}

HandlerResult ListConversations(Call& call) {
  const auto id = ParseChannelId(call.match["channel_uuid"]);
  if (!id) co_return base::Error(base::ErrorCode::kNotFound, "The channel was not found");
  PARLEY_CO_TRY(channel, co_await call.core.directory.ChannelById(call.caller, *id));
  PARLEY_CO_TRY(page_number, QueryNumber(call.request, "page_number", 0, 0, kLastContactsPage));
  const int offset = static_cast<int>(page_number) * kConversationsPage;
  std::optional<core::ChannelRow> any;  // the key is the account's, and so are all names
  PARLEY_CO_TRY(rows,
                co_await call.core.chats.List(channel, any, false, offset, kConversationsPage));
  ConversationList list;
  list.page_number = page_number;
  for (const core::ChatInList& row : rows) {
    Conversation& conversation = list.conversations.emplace_back();
    conversation.session_key = SessionKey(channel->id, row.chat.address());
    conversation.remote_phone_number = base::NonEmpty(PhoneOf(row.chat.peer));
    conversation.name =
        base::NonEmpty(row.chat.group ? row.chat.group->subject : row.chat.peer.display_name());
    conversation.unread_count = row.chat.unread;
    conversation.is_muted = row.chat.muted;
    conversation.is_archived = row.chat.archived;
    if (!row.newest) continue;
    core::MessageInChat newest{*row.newest, row.chat};
    conversation.last_message = ListedOf(newest, *channel, call.core.media_links);
  }
  co_return http::Response::Json(200, base::EncodeText(list));
}

HandlerResult SetProfilePicture(Call& call) {
  PARLEY_CO_TRY(channel, co_await ChannelOf(call, call.match["your_number"], "your-number"));
  PARLEY_CO_TRY(body, http::DecodeBody<PictureBody>(call.request, http::kJsonBody, kRules));
  core::MediaDraft draft;
  draft.source = core::MediaFromUrl{std::move(body.url)};
  core::ProfileCommand command;
  command.picture = std::move(draft);
  PARLEY_CO_CHECK(co_await call.core.profiles.Change(channel, std::move(command)));
  co_return http::Response::Json(200, base::EncodeText(Success()));
}

HandlerResult SetStatus(Call& call) {
  PARLEY_CO_TRY(channel, co_await ChannelOf(call, call.match["your_number"], "your-number"));
  PARLEY_CO_TRY(body, http::DecodeBody<StatusBody>(call.request, http::kJsonBody, kRules));
  core::ProfileCommand command;
  command.about = std::move(body.status);
  PARLEY_CO_CHECK(co_await call.core.profiles.Change(channel, std::move(command)));
  co_return http::Response::Json(200, base::EncodeText(Success()));
}

}  // namespace parley::api::twochat
