// Sending messages and listing them.
#include "core/messages/messages.h"

#include <charconv>

#include "api/twochat/addresses.h"
#include "api/twochat/handlers.h"
#include "api/twochat/payload.h"
#include "api/twochat/schema.h"
#include "core/groups/groups.h"
#include "http/body.h"

namespace parley::api::twochat {
namespace {

constexpr int kMessagesPage = 100;
constexpr std::int64_t kLastMessagesPage = 1'000'000;
constexpr std::int64_t kMaxFile = 16 << 20;  // of any kind, as the vendor's page says

core::LocationContent PlaceOf(const Pin& pin) {
  core::LocationContent place;
  place.latitude = pin.latitude;
  place.longitude = pin.longitude;
  place.name = pin.name.value_or("");
  place.address = pin.address.value_or("");
  place.url = pin.url.value_or("");
  return place;
}

base::Result<core::SendCommand> CommandOf(const SendMessageBody& body) {
  base::Error faults(base::ErrorCode::kInvalidFields);
  core::SendCommand command;
  command.needs_pairing = true;
  if (body.to_number && body.to_group_uuid) {
    faults.Absorb(base::FieldError("to_group_uuid", "Cannot be used together with to_number"));
  } else if (body.to_group_uuid) {
    if (!ParseGroupId(*body.to_group_uuid))
      faults.Absorb(base::FieldError("to_group_uuid", "Must be a group's uuid, WAG..."));
  } else if (!body.to_number) {
    faults.Absorb(base::FieldError("to_number", "Required"));
  } else {
    auto to = ParseNumber(*body.to_number, "to_number");
    to ? void(command.to = std::move(*to)) : faults.Absorb(to.error());
  }
  if (body.pin && body.url)
    faults.Absorb(base::FieldError("url", "Cannot be used together with pin"));
  if (body.pin && body.text)
    faults.Absorb(base::FieldError("text", "Cannot be used together with pin"));
  if (body.pin) {
    command.what = core::Content(PlaceOf(*body.pin));
  } else if (body.url) {
    core::MediaDraft draft;
    draft.source = core::MediaFromUrl{*body.url};
    draft.caption = body.text.value_or("");
    draft.max_size = kMaxFile;
    command.what = std::move(draft);
  } else {
    if (!body.text) faults.Absorb(base::FieldError("text", "Required"));
    command.what = core::Content(core::TextContent{body.text.value_or("")});
  }
  if (!faults.faults.empty()) return faults;
  return command;
}

// The address of a group that the number of `from` is in.
base::Task<base::Result<core::Address>> GroupOf(Call& call, std::string uuid,
                                                core::ChannelPtr from) {
  const auto id = ParseGroupId(uuid);
  if (id) {
    auto found = co_await call.core.groups.Find(call.caller, *id);
    if (!found && found.error().code != base::ErrorCode::kNotFound) co_return found.error();
    if (found && found->channel->row == from->row) co_return found->address();
  }
  co_return base::Error(base::ErrorCode::kNotFound, "Unknown group " + uuid);
}

}  // namespace

base::Task<base::Result<core::ChannelPtr>> ChannelOf(Call& call, std::string number,
                                                     std::string field) {
  PARLEY_CO_TRY(phone, ParseNumber(number, field));
  auto channel = co_await call.core.directory.ChannelByPhone(call.caller, phone.value);
  if (!channel && channel.error().code == base::ErrorCode::kNotFound)
    co_return base::Error(base::ErrorCode::kNotFound,
                          "The number " + number + " is not connected to your account");
  co_return channel;
}

base::Result<std::int64_t> PageNumber(const http::Request& request) {
  const std::string text = request.Query("page_number").value_or("");
  if (text.empty()) return 0;
  std::int64_t page = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), page);
  if (error != std::errc() || end != text.data() + text.size() || page < 0 ||
      page > kLastMessagesPage)
    return base::FieldError("page_number", "Must be 0 or a positive integer");
  return page;
}

HandlerResult SendMessage(Call& call) {
  PARLEY_CO_TRY(body, http::DecodeBody<SendMessageBody>(call.request, http::kJsonBody, kRules));
  auto command = CommandOf(body);
  auto channel = co_await ChannelOf(call, body.from_number, "from_number");
  if (!channel) {
    base::Error error = channel.error();
    if (!command && error.code == base::ErrorCode::kInvalidFields) error.Absorb(command.error());
    co_return error;
  }
  if (!command) co_return command.error();
  if (body.to_group_uuid) {
    PARLEY_CO_TRY(group, co_await GroupOf(call, *body.to_group_uuid, *channel));
    command->to = std::move(group);
  }
  command->channel = (*channel)->row;
  PARLEY_CO_TRY(queued, co_await call.core.messages.Send(*channel, std::move(*command)));
  SendReply reply;
  reply.message_uuid = Spell(queued.id);
  co_return http::Response::Json(200, base::EncodeText(reply));
}

std::optional<base::Time> ShownFrom(const core::Channel& channel) {
  if (!channel.connected_at) return std::nullopt;
  return std::chrono::floor<std::chrono::seconds>(*channel.connected_at);
}

HandlerResult GetMessages(Call& call) {
  PARLEY_CO_TRY(page_number, PageNumber(call.request));
  PARLEY_CO_TRY(channel, co_await ChannelOf(call, call.match["your_number"], "your-number"));
  core::MessageStore::Page page;
  page.channel = channel->row;
  page.from = ShownFrom(*channel);
  page.limit = kMessagesPage;
  page.offset = static_cast<int>(page_number * kMessagesPage);
  MessageList list;
  list.page_number = page_number;
  std::vector<core::MessageInChat> found;
  if (const std::string& remote = call.match["remote_number"]; remote.empty()) {
    PARLEY_CO_TRY(all, co_await call.core.messages.List(channel->account, page));
    found = std::move(all);
  } else {
    PARLEY_CO_TRY(number, ParseNumber(remote, "remote-number"));
    PARLEY_CO_TRY(chat, co_await call.core.messages.ListChat(channel, number, page));
    found = std::move(chat);
  }
  for (const core::MessageInChat& message : found)
    list.messages.push_back(ListedOf(message, *channel, call.core.media_links));
  co_return http::Response::Json(200, base::EncodeText(list));
}

}  // namespace parley::api::twochat
