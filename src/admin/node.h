// What the admin API tells about the running node itself, and who knows it: app, which has wired
// the store, the server and the deliverer. Figures are plain numbers as of now; each is documented
// once, in the table of metrics.cc.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "admin/cloud_schema.h"
#include "admin/load.h"
#include "admin/native_client.h"
#include "base/fields.h"
#include "base/result.h"
#include "base/task.h"
#include "core/channels/cloud.h"
#include "core/ids.h"

namespace parley::admin {

struct StoreFigures {
  std::int64_t commits = 0, jobs = 0, reruns = 0, failed_commits = 0, refused = 0, wal_resets = 0,
               upkeep_due = 0;
  std::int64_t queued = 0, queued_reads = 0, queue_limit = 0;  // the limit is of each of the two
  static constexpr auto Fields() {
    using base::Required;
    using F = StoreFigures;
    return base::FieldList(
        Required("commits", &F::commits), Required("jobs", &F::jobs),
        Required("reruns", &F::reruns), Required("failed_commits", &F::failed_commits),
        Required("refused", &F::refused), Required("wal_resets", &F::wal_resets),
        Required("queued", &F::queued), Required("queued_reads", &F::queued_reads),
        Required("queue_limit", &F::queue_limit));
  }
};

struct DelivererFigures {
  std::int64_t delivered = 0, failed = 0, dead = 0;
  std::int64_t in_flight = 0, queued = 0, queue_limit = 0, paused = 0, behind = 0;
  static constexpr auto Fields() {
    using base::Required;
    using F = DelivererFigures;
    return base::FieldList(Required("delivered", &F::delivered), Required("failed", &F::failed),
                           Required("dead", &F::dead), Required("in_flight", &F::in_flight),
                           Required("queued", &F::queued), Required("queue_limit", &F::queue_limit),
                           Required("paused", &F::paused), Required("behind", &F::behind));
  }
};

// Media care and what is kept of media.
struct MediaFigures {
  std::int64_t running = 0, waiting = 0, waiting_limit = 0;
  std::int64_t done = 0, unreadable = 0, too_large = 0, empty = 0, died = 0, hung = 0;
  std::int64_t inspections_waiting = 0, stored_bytes = 0, stored_bytes_limit = 0;
  static constexpr auto Fields() {
    using base::Doc;
    using base::Required;
    using F = MediaFigures;
    return base::FieldList(Required("running", &F::running, Doc("Files that are looked into")),
                           Required("waiting", &F::waiting, Doc("Files that wait for it")),
                           Required("waiting_limit", &F::waiting_limit, Doc("Of both together")),
                           Required("done", &F::done), Required("unreadable", &F::unreadable),
                           Required("too_large", &F::too_large), Required("empty", &F::empty),
                           Required("died", &F::died), Required("hung", &F::hung),
                           Required("inspections_waiting", &F::inspections_waiting,
                                    Doc("Messages whose media came and is to be looked into")),
                           Required("stored_bytes", &F::stored_bytes),
                           Required("stored_bytes_limit", &F::stored_bytes_limit));
  }
};

struct TranscriptionFigures {
  std::int64_t running = 0, waiting = 0, done = 0, failed = 0, retried = 0;
  static constexpr auto Fields() {
    using base::Doc;
    using base::Required;
    using F = TranscriptionFigures;
    return base::FieldList(
        Required("running", &F::running),
        Required("waiting", &F::waiting, Doc("Messages that are pending, with those under way")),
        Required("done", &F::done), Required("failed", &F::failed),
        Required("retried", &F::retried));
  }
};

struct ServerFigures {
  std::int64_t connections = 0, connections_limit = 0, accepted = 0, refused = 0, requests = 0;
  std::int64_t malformed = 0, timeouts = 0, accept_errors = 0;
  static constexpr auto Fields() {
    using base::Required;
    using F = ServerFigures;
    return base::FieldList(Required("connections", &F::connections),
                           Required("connections_limit", &F::connections_limit),
                           Required("accepted", &F::accepted), Required("refused", &F::refused),
                           Required("requests", &F::requests), Required("malformed", &F::malformed),
                           Required("timeouts", &F::timeouts),
                           Required("accept_errors", &F::accept_errors));
  }
};

struct ProcessFigures {
  std::int64_t memory_bytes = 0, open_files = 0, open_files_limit = 0, disk_bytes = 0,
               disk_free_bytes = 0;
  static constexpr auto Fields() {
    using base::Doc;
    using base::Required;
    using F = ProcessFigures;
    return base::FieldList(Required("memory_bytes", &F::memory_bytes),
                           Required("open_files", &F::open_files),
                           Required("open_files_limit", &F::open_files_limit),
                           Required("disk_bytes", &F::disk_bytes, Doc("Where the data folder is")),
                           Required("disk_free_bytes", &F::disk_free_bytes));
  }
};

// Those who wait for events: long polls and streams.
struct FollowerFigures {
  std::int64_t waiting = 0, limit = 0;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("waiting", &FollowerFigures::waiting),
                           base::Required("limit", &FollowerFigures::limit));
  }
};

// Answers of one API with one status.
struct RequestFigures {
  std::string api;
  std::int64_t status = 0, count = 0;
  static constexpr auto Fields() {
    using base::Required;
    using F = RequestFigures;
    return base::FieldList(Required("api", &F::api), Required("status", &F::status),
                           Required("count", &F::count));
  }
};

// How many of something stand at, or took, a state.
struct StateFigures {
  std::string state;
  std::int64_t count = 0;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("state", &StateFigures::state),
                           base::Required("count", &StateFigures::count));
  }
};

// Native channels, all of them together; by connection state now, and since the start.
struct NativeFigures {
  std::vector<StateFigures> connections, reconnects;
  std::int64_t stanzas_in = 0, stanzas_out = 0, unopened = 0, retries_asked = 0,
               retries_answered = 0, key_uploads = 0;
};

struct NodeFigures {
  StoreFigures store;
  DelivererFigures deliverer;
  MediaFigures media;
  TranscriptionFigures transcriptions;
  ServerFigures server;
  ProcessFigures process;
  FollowerFigures followers;
  NativeFigures native;
  std::vector<RequestFigures> requests;
  std::vector<StateFigures> channels;              // now, by state
  std::vector<StateFigures> cloud;                 // since the start, of Cloud API channels
  std::vector<StateFigures> messages;              // since the start, by the status they took
  std::vector<StateFigures> transcription_faults;  // since the start, by reason
};

// What a backup holds (app/backup.h).
struct BackupView {
  std::string folder;
  std::int64_t files = 0, bytes = 0, copied = 0, schema = 0;
  bool key_included = false;
  std::string key_fingerprint;
  std::vector<std::string> damaged;
  static constexpr auto Fields() {
    using base::Doc;
    using base::Required;
    using V = BackupView;
    return base::FieldList(
        Required("folder", &V::folder), Required("files", &V::files), Required("bytes", &V::bytes),
        Required("copied", &V::copied, Doc("Files that were not in the folder before")),
        Required("schema", &V::schema, Doc("Of the database")),
        Required("key_included", &V::key_included, Doc("The key that seals secrets")),
        Required("key_fingerprint", &V::key_fingerprint, Doc("Tells keys apart")),
        Required("damaged", &V::damaged, Doc("Media that is damaged, and not in the backup")));
  }
};

// Thread: its service's.
class Node {
 public:
  virtual ~Node() = default;

  virtual base::Time started_at() const = 0;
  // The process before this one ended without an orderly stop.
  virtual bool started_after_crash() const = 0;
  // Channels and deliveries are taken up, and the end has not begun.
  virtual bool is_serving() const = 0;
  // All but channels, followers and what waits in the store, which the admin API knows itself.
  virtual NodeFigures Figures() const = 0;
  virtual Load CurrentLoad() const = 0;
  // The OpenAPI description of every API of this node, as JSON.
  virtual const std::string& OpenApi() = 0;
  // Backs up the data folder into another, while all goes on. kInvalidFields on `folder`,
  // kInvalidState when the folder holds something else, kNotSupported without a data folder.
  virtual base::Task<base::Result<BackupView>> Backup(std::string folder, bool with_key) = 0;
  // What native channels say of themselves; the change is theirs from the next connection on, until
  // the process ends. kNotSupported without native channels, kInvalidFields with every fault.
  virtual base::Result<NativeClientView> NativeClient() const = 0;
  virtual base::Result<NativeClientView> ChangeNativeClient(const NativeClientChange& change) = 0;
  // Asks Meta, and the webhook at its public address, what is wrong with a Cloud API channel; takes
  // up to a minute. `public_base`: where others reach this server. kNotSupported without such
  // channels.
  virtual base::Task<base::Result<CloudCheckView>> CheckCloud(core::ChannelId channel,
                                                              core::CloudCredentials credentials,
                                                              std::string public_base) = 0;
};

}  // namespace parley::admin
