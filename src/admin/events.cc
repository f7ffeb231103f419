// The event log, page by page, with waiting for what comes.
#include "admin/events.h"

#include "admin/addresses.h"
#include "admin/handlers.h"
#include "admin/query.h"

namespace parley::admin {
namespace {

constexpr std::int64_t kMaxWaitSeconds = 60;

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
  return query;
}

HandlerResult ListEvents(Call& call) {
  PARLEY_CO_TRY(query, FilterOf(call.request));
  PARLEY_CO_TRY(limit, QueryLimit(call.request));
  PARLEY_CO_TRY(wait, QueryInteger(call.request, "wait", 0, kMaxWaitSeconds));
  PARLEY_CO_TRY(after, QueryPosition(call.request, "after"));
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

}  // namespace parley::admin
