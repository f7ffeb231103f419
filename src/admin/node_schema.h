// Bodies of the routes about the event log and the node.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "admin/node.h"
#include "admin/schema.h"

namespace parley::admin {

struct EventView {
  std::int64_t position = 0;
  std::string id, name, at, account_id;
  std::optional<std::string> channel_id;
  RawJson body;
  static constexpr auto Fields() {
    using V = EventView;
    return FieldList(
        Required("position", &V::position), Required("id", &V::id), Required("name", &V::name),
        Required("at", &V::at), Required("account_id", &V::account_id),
        Optional("channel_id", &V::channel_id, NullWhenAbsent()),
        Required("body", &V::body, Doc("As stored; times in it are Unix milliseconds")));
  }
};

struct EventList {
  std::vector<EventView> events;
  std::optional<std::int64_t> next;
  static constexpr auto Fields() {
    return FieldList(
        Required("events", &EventList::events),
        Optional("next", &EventList::next, NullWhenAbsent(),
                 Doc("`after` of the next call, or `before` when that was given; null: "
                     "nothing older is kept")));
  }
};

struct ShapeView {
  std::string name;
  RawJson body;
  static constexpr auto Fields() {
    return FieldList(Required("name", &ShapeView::name, Doc("In the dialect's words")),
                     Required("body", &ShapeView::body));
  }
};

struct ShapesView {
  std::vector<ShapeView> twochat, wapio, onemsg;
  static constexpr auto Fields() {
    using V = ShapesView;
    return FieldList(Required("2chat", &V::twochat), Required("wapio", &V::wapio),
                     Required("1msg", &V::onemsg));
  }
};

struct EventDetail {
  std::int64_t position = 0;
  std::string id, name, at, account_id;
  std::optional<std::string> channel_id;
  RawJson body;
  ShapesView shapes;
  static constexpr auto Fields() {
    using V = EventDetail;
    return FieldList(
        Required("position", &V::position), Required("id", &V::id), Required("name", &V::name),
        Required("at", &V::at), Required("account_id", &V::account_id),
        Optional("channel_id", &V::channel_id, NullWhenAbsent()),
        Required("body", &V::body, Doc("As stored; times in it are Unix milliseconds")),
        Required("shapes", &V::shapes,
                 Doc("What each dialect posts of it to whoever subscribed to everything; empty: "
                     "nothing")));
  }
};

struct EventNamesView {
  std::vector<std::string> log, twochat, wapio, onemsg;
  static constexpr auto Fields() {
    using V = EventNamesView;
    return FieldList(Required("log", &V::log, Doc("Of the event log")),
                     Required("2chat", &V::twochat, Doc("For `events` of a subscription")),
                     Required("wapio", &V::wapio),
                     Required("1msg", &V::onemsg, Doc("Empty: its subscriptions name none")));
  }
};

// ------------------------------------------------------------------------------------------ node

struct LogFigures {
  std::int64_t oldest = 0, last = 0;
  static constexpr auto Fields() {
    return FieldList(Required("oldest", &LogFigures::oldest), Required("last", &LogFigures::last));
  }
};

struct NodeView {
  std::string version, started_at;
  std::int64_t uptime_seconds = 0;
  LogFigures events;
  std::vector<StateFigures> channels, messages;
  StoreFigures store;
  DelivererFigures deliverer;
  MediaFigures media;
  TranscriptionFigures transcriptions;
  std::vector<StateFigures> transcription_faults;
  ServerFigures server;
  FollowerFigures followers;
  std::vector<RequestFigures> requests;
  ProcessFigures process;
  bool simulated_network = false, demo = false;
  static constexpr auto Fields() {
    using V = NodeView;
    return FieldList(
        Required("version", &V::version), Required("started_at", &V::started_at),
        Required("uptime_seconds", &V::uptime_seconds),
        Required("events", &V::events, Doc("Positions in the log")),
        Required("channels", &V::channels, Doc("By state")),
        Required("messages", &V::messages, Doc("Since the start, by the status they took")),
        Required("store", &V::store), Required("deliverer", &V::deliverer),
        Required("media", &V::media), Required("transcriptions", &V::transcriptions),
        Required("transcription_faults", &V::transcription_faults,
                 Doc("Since the start, by the reason of what failed")),
        Required("server", &V::server), Required("followers", &V::followers),
        Required("requests", &V::requests), Required("process", &V::process),
        Required("simulated_network", &V::simulated_network,
                 Doc("Whether its control API is at /parley/v1/sim")),
        Required("demo", &V::demo));
  }
};

struct BackupBody {
  std::string folder;
  std::optional<bool> with_key;
  static constexpr auto Fields() {
    return FieldList(
        Required("folder", &BackupBody::folder, MinLength(1), MaxLength(4000),
                 Doc("On the server's machine, with its full path; an older backup in it is "
                     "brought up to date")),
        Optional("with_key", &BackupBody::with_key,
                 Doc("Whether the key that seals secrets is included; true when left out")));
  }
};

struct HealthReply {
  std::string status = "ok";
  static constexpr auto Fields() { return FieldList(Required("status", &HealthReply::status)); }
};

struct ReadyReply {
  bool ready = true;
  std::vector<std::string> reasons;
  static constexpr auto Fields() {
    return FieldList(Required("ready", &ReadyReply::ready),
                     Required("reasons", &ReadyReply::reasons, Doc("Why not")));
  }
};

}  // namespace parley::admin
