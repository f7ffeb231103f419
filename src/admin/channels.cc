// Channels: making, pairing, connecting and deleting them.
#include "core/channels/channels.h"

#include "admin/addresses.h"
#include "admin/body.h"
#include "admin/channel_schema.h"
#include "admin/cloud.h"
#include "admin/handlers.h"
#include "admin/query.h"
#include "base/text.h"
#include "core/channels/link.h"

namespace parley::admin {
namespace {

ChannelView ViewOf(const core::Channel& channel, core::AccountId account) {
  ChannelView view;
  view.channel_id = Spell(channel.id);
  view.account_id = Spell(account);
  view.label = channel.label;
  if (!channel.phone.empty()) view.phone = "+" + channel.phone;
  view.code = channel.code;
  view.link = NameOf(channel.link);
  view.link_profile = channel.link_profile;
  view.state = NameOf(channel.state);
  view.state_reason = base::NonEmpty(channel.state_reason);
  view.enabled = channel.enabled;
  view.settings = channel.settings;
  view.profile = channel.profile;
  view.created_at = Spell(channel.created_at);
  view.updated_at = Spell(channel.updated_at);
  view.connected_at = Spell(channel.connected_at);
  return view;
}

OperationView ViewOf(const core::Operation& operation, core::AccountId account,
                     std::optional<core::ChannelId> channel) {
  OperationView view;
  view.operation_id = Spell(operation.id);
  view.account_id = Spell(account);
  if (channel) view.channel_id = Spell(*channel);
  view.type = operation.type;
  view.state = NameOf(operation.state);
  view.error = base::NonEmpty(operation.error);
  view.enqueued_at = Spell(operation.enqueued_at);
  view.started_at = Spell(operation.started_at);
  view.finished_at = Spell(operation.finished_at);
  return view;
}

StateView ViewOf(const core::Event& event, const core::ChannelStateChanged& changed) {
  StateView view;
  view.at = Spell(event.at);
  view.state = NameOf(changed.channel.state);
  view.reason = base::NonEmpty(changed.channel.state_reason);
  view.previous = NameOf(changed.previous);
  return view;
}

// The digits; empty for an empty text.
base::Result<std::string> PhoneOf(const std::string& text) {
  if (text.empty()) return text;
  const auto phone = core::ParsePhone(text);
  if (!phone) return base::FieldError("phone", "Must be a phone number with country code");
  return phone->value;
}

base::Result<core::NewChannel> WantedOf(const Body<NewChannelBody>& body,
                                        const core::LinkFactories& links) {
  const NewChannelBody& fields = body.fields;
  base::Error faults(base::ErrorCode::kInvalidFields);
  core::NewChannel wanted;
  wanted.label = fields.label.value_or("");
  wanted.link = fields.link;
  wanted.link_profile = fields.link_profile.value_or(wanted.link_profile);
  if (fields.settings) wanted.settings = *fields.settings;
  if (wanted.link && links.Get(*wanted.link) == nullptr)
    faults.Absorb(base::FieldError(
        "link", "This server has no " + std::string(NameOf(*wanted.link)) + " link"));
  auto phone = PhoneOf(fields.phone.value_or(""));
  phone ? void(wanted.phone = std::move(*phone)) : faults.Absorb(phone.error());
  const bool is_cloud = wanted.link == core::LinkKind::kCloud;
  if (!is_cloud && fields.cloud)
    faults.Absorb(base::FieldError("cloud", "Only with the link cloud"));
  else if (is_cloud && !fields.cloud && links.Get(core::LinkKind::kCloud) != nullptr)
    faults.Absorb(base::FieldError("cloud", "Required with the link cloud"));
  if (fields.cloud) {
    auto credentials = CredentialsOf(*fields.cloud, "cloud.");
    credentials ? void(wanted.cloud = std::move(*credentials)) : faults.Absorb(credentials.error());
  }
  if (!faults.faults.empty()) return faults;
  return wanted;
}

// The channel as it is after what was done to it.
HandlerResult Current(Call& call, core::Account account, core::ChannelRow row) {
  PARLEY_CO_TRY(channel, co_await call.core.channels.Get(account.row, row));
  co_return Reply(200, ViewOf(channel, account.id));
}

}  // namespace

HandlerResult ListChannels(Call& call) {
  PARLEY_CO_TRY(account, co_await AccountInPath(call));
  PARLEY_CO_TRY(limit, QueryLimit(call.request));
  PARLEY_CO_TRY(cursor, QueryId<core::ChannelId>(call.request, "after"));
  core::ChannelStore::Filter filter;
  filter.limit = limit + 1;  // one more tells whether there is a next page
  if (cursor) {
    auto last = co_await call.core.channels.GetById(account.row, *cursor);
    if (!last) co_return base::FieldError("after", "Unknown channel");
    filter.before = last->row;
  }
  PARLEY_CO_TRY(channels, co_await call.core.channels.List(account.row, filter));
  const bool more = channels.size() > static_cast<std::size_t>(limit);
  if (more) channels.pop_back();
  ChannelList list;
  for (const core::Channel& channel : channels)
    list.channels.push_back(ViewOf(channel, account.id));
  if (more) list.next = list.channels.back().channel_id;
  co_return Reply(200, list);
}

HandlerResult ListAllChannels(Call& call) {
  core::Channels::Search search;
  PARLEY_CO_TRY(limit, QueryLimit(call.request));
  PARLEY_CO_TRY(after, QueryId<core::ChannelId>(call.request, "after"));
  PARLEY_CO_TRY(text, QueryText(call.request));
  search.limit = limit;
  search.after = after;
  search.text = std::move(text);
  if (const auto state = call.request.Query("state"))
    if (!ParseName(*state, search.state.emplace()))
      co_return base::FieldError("state", "There is no such state");
  PARLEY_CO_TRY(listed, co_await call.core.channels.ListAll(std::move(search)));
  ChannelList list;
  for (const auto& [channel, account] : listed.channels)
    list.channels.push_back(ViewOf(channel, account));
  if (listed.more) list.next = list.channels.back().channel_id;
  co_return Reply(200, list);
}

HandlerResult CreateChannel(Call& call) {
  PARLEY_CO_TRY(account, co_await AccountInPath(call));
  PARLEY_CO_TRY(body, ReadBody<NewChannelBody>(call.request));
  PARLEY_CO_TRY(wanted, WantedOf(body, call.core.links));
  PARLEY_CO_TRY(created, co_await call.core.channels.Create(account.row, std::move(wanted)));
  co_return Reply(201, ViewOf(created.channel, account.id));
}

HandlerResult GetChannel(Call& call) {
  PARLEY_CO_TRY(account, co_await AccountInPath(call));
  PARLEY_CO_TRY(channel, co_await ChannelInPath(call, account.row));
  co_return Reply(200, ViewOf(channel, account.id));
}

HandlerResult ChangeChannel(Call& call) {
  PARLEY_CO_TRY(account, co_await AccountInPath(call));
  PARLEY_CO_TRY(channel, co_await ChannelInPath(call, account.row));
  PARLEY_CO_TRY(body, ReadBody<ChangedChannelBody>(call.request));
  core::ChannelChange change;
  change.label = body.fields.label;
  if (body.fields.settings)
    change.settings = PatchOf<core::ChannelSettings>(body.members, "settings");
  if (body.fields.phone) {
    PARLEY_CO_TRY(phone, PhoneOf(*body.fields.phone));
    change.phone = phone;
  }
  PARLEY_CO_TRY(changed,
                co_await call.core.channels.Change(account.row, channel.row, std::move(change)));
  co_return Reply(200, ViewOf(changed, account.id));
}

HandlerResult DeleteChannel(Call& call) {
  PARLEY_CO_TRY(account, co_await AccountInPath(call));
  PARLEY_CO_TRY(channel, co_await ChannelInPath(call, account.row));
  PARLEY_CO_TRY(operation, co_await call.core.channels.Delete(account.row, channel.row));
  co_return Reply(202, ViewOf(operation, account.id, channel.id));
}

HandlerResult ConnectChannel(Call& call) {
  PARLEY_CO_TRY(account, co_await AccountInPath(call));
  PARLEY_CO_TRY(channel, co_await ChannelInPath(call, account.row));
  PARLEY_CO_CHECK(co_await call.core.channels.Connect(account.row, channel.row));
  co_return co_await Current(call, account, channel.row);
}

HandlerResult DisconnectChannel(Call& call) {
  PARLEY_CO_TRY(account, co_await AccountInPath(call));
  PARLEY_CO_TRY(channel, co_await ChannelInPath(call, account.row));
  PARLEY_CO_CHECK(co_await call.core.channels.Disconnect(account.row, channel.row));
  co_return co_await Current(call, account, channel.row);
}

HandlerResult RestartChannel(Call& call) {
  PARLEY_CO_TRY(account, co_await AccountInPath(call));
  PARLEY_CO_TRY(channel, co_await ChannelInPath(call, account.row));
  PARLEY_CO_CHECK(co_await call.core.channels.Restart(account.row, channel.row));
  co_return co_await Current(call, account, channel.row);
}

HandlerResult GetChannelHistory(Call& call) {
  PARLEY_CO_TRY(account, co_await AccountInPath(call));
  PARLEY_CO_TRY(channel, co_await ChannelInPath(call, account.row));
  PARLEY_CO_TRY(limit, QueryLimit(call.request));
  PARLEY_CO_TRY(before, QueryPosition(call.request, "before"));
  const core::EventPosition from = before.value_or(core::EventPosition());
  PARLEY_CO_TRY(events,
                co_await call.core.channels.StateLog(account.row, channel.row, from, limit + 1));
  ChannelHistory history;
  const bool more = events.size() > static_cast<std::size_t>(limit);
  if (more) events.pop_back();
  for (const core::Event& event : events)
    if (const auto* changed = std::get_if<core::ChannelStateChanged>(&event.body))
      history.history.push_back(ViewOf(event, *changed));
  if (more) history.next = events.back().position.value;
  co_return Reply(200, history);
}

HandlerResult PairChannel(Call& call) {
  PARLEY_CO_TRY(account, co_await AccountInPath(call));
  PARLEY_CO_TRY(channel, co_await ChannelInPath(call, account.row));
  PARLEY_CO_TRY(body, ReadBody<PairBody>(call.request));
  PARLEY_CO_TRY(phone, PhoneOf(body.fields.phone.value_or("")));
  PARLEY_CO_TRY(pairing, co_await call.core.channels.Pair(channel.row, phone));
  PairReply reply;
  reply.qr = base::NonEmpty(pairing.qr);
  reply.code = base::NonEmpty(pairing.code);
  reply.expires_at = Spell(pairing.expires_at);
  co_return Reply(200, reply);
}

HandlerResult GetOperation(Call& call) {
  PARLEY_CO_TRY(account, co_await AccountInPath(call));
  const auto id = base::Uuid::Parse(call.match["operation_id"]);
  if (!id) co_return base::Error(base::ErrorCode::kNotFound, "Unknown operation");
  auto found = co_await call.core.channels.GetOperation(account.row, core::OperationId(*id));
  if (!found && found.error().code == base::ErrorCode::kNotFound)
    co_return base::Error(base::ErrorCode::kNotFound, "Unknown operation");
  if (!found) co_return found.error();
  co_return Reply(200, ViewOf(found->operation, account.id, found->channel));
}

}  // namespace parley::admin
