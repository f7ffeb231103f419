// The node itself: version, figures, and the description of its APIs.
#include "admin/node.h"

#include "admin/addresses.h"
#include "admin/figures.h"
#include "admin/handlers.h"
#include "admin/node_schema.h"
#include "base/scheduler.h"
#include "base/version.h"
#include "core/channels/channels.h"
#include "core/media/media_store.h"
#include "core/speech/transcription_store.h"
#include "core/store.h"

namespace parley::admin {

namespace {

// Rows of the store that somebody has yet to work on.
struct Waiting {
  std::int64_t inspections = 0, transcriptions = 0;
};

}  // namespace

base::Task<base::Result<NodeFigures>> FiguresOf(Context& context) {
  PARLEY_CO_TRY(counts, co_await context.channel_counts.Get());
  NodeFigures figures = context.node.Figures();
  for (const auto& [state, name] : core::kChannelStateNames.rows) {
    StateFigures one;
    one.state = name;
    for (const auto& [counted, count] : counts)
      if (counted == state) one.count = count;
    figures.channels.push_back(std::move(one));
  }
  figures.followers.waiting = static_cast<std::int64_t>(context.events.followers());
  figures.followers.limit = static_cast<std::int64_t>(core::EventLog::kMaxFollowers);
  auto count = [](const core::Transaction& tx) -> base::Result<Waiting> {
    PARLEY_TRY(inspections, tx.media().CountAllInspections());
    PARLEY_TRY(transcriptions, tx.transcriptions().CountAll());
    return Waiting{inspections, transcriptions};
  };
  PARLEY_CO_TRY(waiting, co_await context.core.store.Read(count));
  figures.media.inspections_waiting = waiting.inspections;
  figures.transcriptions.waiting = waiting.transcriptions;
  co_return figures;
}

base::Duration UptimeOf(const Context& context) {
  return context.core.scheduler.Now() - context.node.started_at();
}

HandlerResult GetNode(Call& call) {
  PARLEY_CO_TRY(figures, co_await FiguresOf(call.context));
  PARLEY_CO_TRY(bounds, co_await call.context.events.Bounds());
  NodeView view;
  view.version = base::kVersion;
  view.started_at = Spell(call.context.node.started_at());
  view.uptime_seconds = std::chrono::floor<std::chrono::seconds>(UptimeOf(call.context)).count();
  view.events.oldest = bounds.oldest.value;
  view.events.last = bounds.last.value;
  view.channels = std::move(figures.channels);
  view.messages = std::move(figures.messages);
  view.store = figures.store;
  view.deliverer = figures.deliverer;
  view.media = figures.media;
  view.transcriptions = figures.transcriptions;
  view.transcription_faults = std::move(figures.transcription_faults);
  view.server = figures.server;
  view.followers = figures.followers;
  view.requests = std::move(figures.requests);
  view.process = figures.process;
  view.simulated_network = call.context.simulated_network != nullptr;
  view.demo = call.context.is_demo;
  co_return Reply(200, view);
}

HandlerResult ListOptions(Call& call) {
  OptionList list;
  list.options = call.context.shown_options;
  co_return Reply(200, list);
}

HandlerResult GetOpenApi(Call& call) {
  co_return http::Response::Json(200, call.context.node.OpenApi());
}

}  // namespace parley::admin
