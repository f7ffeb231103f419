// The node as the admin API tells of it: figures from every part.
#pragma once

#include <functional>

#include "admin/node.h"
#include "app/front_door.h"
#include "base/scheduler.h"
#include "core/media/media_care.h"
#include "core/speech/transcription_queue.h"
#include "delivery/deliverer.h"
#include "http/server.h"
#include "link/cloud/factory.h"
#include "link/multidevice/factory.h"
#include "media/worker_pool.h"
#include "storage/events.h"
#include "storage/sqlite/sqlite_store.h"

namespace parley::app {

// Adds the figures that only the process knows: store, server and process.
using MeasureProcess = std::function<void(admin::NodeFigures& figures)>;

// Backs up the process's data folder.
using BackUpProcess =
    std::function<base::Task<base::Result<admin::BackupView>>(std::string folder, bool with_key)>;

// Thread: the gateway's.
class GatewayNode final : public admin::Node {
 public:
  GatewayNode(base::Scheduler& scheduler, const delivery::Deliverer& deliverer,
              const core::TranscriptionQueue& transcriptions,
              link::multidevice::MultideviceFactory* multidevice, link::cloud::CloudFactory* cloud,
              MeasureProcess measure, BackUpProcess back_up, bool started_after_crash);

  // Once, when it is wired.
  void SetFrontDoor(const FrontDoor* front_door) { front_door_ = front_door; }
  void SetServing(bool serving) { serving_ = serving; }

  base::Time started_at() const override { return started_at_; }
  bool started_after_crash() const override { return started_after_crash_; }
  bool is_serving() const override { return serving_; }
  admin::NodeFigures Figures() const override;
  admin::Load CurrentLoad() const override;
  const std::string& OpenApi() override;
  base::Task<base::Result<admin::BackupView>> Backup(std::string folder, bool with_key) override;
  base::Result<admin::NativeClientView> NativeClient() const override;
  base::Result<admin::NativeClientView> ChangeNativeClient(
      const admin::NativeClientChange& change) override;
  base::Task<base::Result<admin::CloudCheckView>> CheckCloud(core::ChannelId channel,
                                                             core::CloudCredentials credentials,
                                                             std::string public_base) override;

 private:
  const base::Time started_at_;
  const delivery::Deliverer& deliverer_;
  const core::TranscriptionQueue& transcriptions_;
  link::multidevice::MultideviceFactory* const multidevice_;  // null: no native channels
  link::cloud::CloudFactory* const cloud_;                    // null: no Cloud API channels
  const MeasureProcess measure_;
  const BackUpProcess back_up_;
  const bool started_after_crash_;
  const FrontDoor* front_door_ = nullptr;
  bool serving_ = false;
  std::string openapi_;  // printed when first asked for
};

// Without its limit, as the server's.
admin::StoreFigures StoreFiguresOf(const storage::SqliteCounters& store);
admin::ServerFigures ServerFiguresOf(const http::ServerCounters& server);

std::vector<admin::StateFigures> MessageFiguresOf(const storage::MessageCounts& counts);

// How transcriptions ended.
void PutTranscriptions(const storage::TranscriptionCounts& counts, admin::NodeFigures& figures);

// What media care does, without what is kept.
admin::MediaFigures MediaFiguresOf(const core::MediaCare& care,
                                   const media::WorkerCounters& counters);

// Memory and open files of this process, from /proc, and the disk that `data_folder` is on.
admin::ProcessFigures ProcessFiguresNow(const std::string& data_folder);

}  // namespace parley::app
