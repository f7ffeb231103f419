// The event log, page by page, with waiting for what comes.
#include "admin/events.h"

#include <algorithm>

#include "admin/addresses.h"
#include "admin/handlers.h"
#include "admin/query.h"
#include "core/webhooks/webhooks.h"

namespace parley::admin {
namespace {

constexpr std::int64_t kMaxWaitSeconds = 60;

// Between commas.
base::Result<std::vector<std::string>> NamesIn(std::string_view text) {
  static const std::vector<std::string_view> known = core::EventNames();
  std::vector<std::string> names;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    const std::string_view name = text.substr(0, comma);
    if (std::find(known.begin(), known.end(), name) == known.end())
      return base::FieldError("name", "There is no event " + std::string(name.substr(0, 50)));
    names.emplace_back(name);
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return names;
}

std::vector<ShapeView> ShapesOf(const core::LoggedEvent& logged, core::Dialect dialect,
                                const core::Webhooks& webhooks) {
  std::vector<ShapeView> shapes;
  for (core::Payload& payload : webhooks.ShapesOf(logged.event, logged.account, dialect)) {
    ShapeView& shape = shapes.emplace_back();
    shape.name = std::move(payload.name);
    shape.body.text = std::move(payload.body);
  }
  return shapes;
}

std::vector<std::string> Texts(const std::vector<std::string_view>& views) {
  return {views.begin(), views.end()};
}

// The newest first.
HandlerResult ListBack(Call& call, core::EventQuery query, core::EventPosition before) {
  PARLEY_CO_TRY(page, co_await call.context.events.ReadBack(std::move(query), before));
  EventList list;
  for (const core::LoggedEvent& logged : page.events) list.events.push_back(admin::ViewOf(logged));
  if (!page.at_end) list.next = page.next.value;
  co_return Reply(200, list);
}

}  // namespace

EventView ViewOf(const core::LoggedEvent& logged) {
  EventView view;
  view.position = logged.event.position.value;
  view.id = Spell(logged.event.id);
  view.name = NameOf(logged.event.body);
  view.at = Spell(logged.event.at);
  view.account_id = Spell(logged.account);
  if (logged.channel) view.channel_id = Spell(*logged.channel);
  view.body.text = EncodeEventBody(logged.event.body);
  return view;
}

base::Result<core::EventQuery> FilterOf(const http::Request& request) {
  core::EventQuery query;
  PARLEY_TRY(account, QueryId<core::AccountId>(request, "account"));
  PARLEY_TRY(channel, QueryId<core::ChannelId>(request, "channel"));
  query.account = account;
  query.channel = channel;
  PARLEY_TRY(names, NamesIn(request.Query("name").value_or("")));
  query.names = std::move(names);
  return query;
}

HandlerResult ListEvents(Call& call) {
  PARLEY_CO_TRY(query, FilterOf(call.request));
  PARLEY_CO_TRY(limit, QueryLimit(call.request));
  PARLEY_CO_TRY(wait, QueryInteger(call.request, "wait", 0, kMaxWaitSeconds));
  PARLEY_CO_TRY(after, QueryPosition(call.request, "after"));
  PARLEY_CO_TRY(before, QueryPosition(call.request, "before"));
  if (before && (after || wait))
    co_return base::FieldError("before", "Not together with after or wait");
  if (before) {
    query.limit = limit;
    co_return co_await ListBack(call, std::move(query), *before);
  }
  PARLEY_CO_TRY(start, co_await call.context.events.Start(after));
  query.limit = limit;
  query.after = start;
  const std::chrono::seconds seconds(wait.value_or(0));
  auto read = seconds.count() > 0 ? call.context.events.Await(query, seconds)
                                  : call.context.events.Read(query);
  PARLEY_CO_TRY(page, co_await std::move(read));
  EventList list;
  for (const core::LoggedEvent& logged : page.events) list.events.push_back(ViewOf(logged));
  list.next = page.next.value;
  co_return Reply(200, list);
}

HandlerResult GetEvent(Call& call) {
  PARLEY_CO_TRY(position, PositionInPath(call, "event"));
  auto found = co_await call.context.events.Find(position);
  PARLEY_CO_TRY(logged, Named(std::move(found), "event"));
  const core::Webhooks& webhooks = call.core.webhooks;
  EventView view = ViewOf(logged);
  EventDetail detail;
  detail.position = view.position;
  detail.id = std::move(view.id);
  detail.name = std::move(view.name);
  detail.at = std::move(view.at);
  detail.account_id = std::move(view.account_id);
  detail.channel_id = std::move(view.channel_id);
  detail.body = std::move(view.body);
  detail.shapes.twochat = ShapesOf(logged, core::Dialect::kTwoChat, webhooks);
  detail.shapes.wapio = ShapesOf(logged, core::Dialect::kWapio, webhooks);
  detail.shapes.onemsg = ShapesOf(logged, core::Dialect::kOneMsg, webhooks);
  co_return Reply(200, detail);
}

HandlerResult ListEventNames(Call& call) {
  const core::Webhooks& webhooks = call.core.webhooks;
  EventNamesView names;
  names.log = Texts(core::EventNames());
  names.twochat = Texts(webhooks.EventNamesOf(core::Dialect::kTwoChat));
  names.wapio = Texts(webhooks.EventNamesOf(core::Dialect::kWapio));
  names.onemsg = Texts(webhooks.EventNamesOf(core::Dialect::kOneMsg));
  co_return Reply(200, names);
}

}  // namespace parley::admin
