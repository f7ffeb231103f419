// Line: a phone-number node on the network. It connects the device, sends, and turns what the
// network gives into webhooks, one post at a time, in order. An item is acknowledged to the network
// once the app has taken it (2xx); what the network does not know of (that a message was sent, or
// failed at once) waits in the keep. Both are posted again after a restart.
//
// A post that fails is repeated after growing pauses until what it tells is kToldFor old, as Meta
// does (developers.facebook.com/docs/graph-api/webhooks/getting-started).
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/graph/limits.h"
#include "sim/graph/parts.h"

namespace parley::sim::graph {

inline constexpr base::Duration kToldFor = std::chrono::hours(7 * 24);
inline constexpr base::Duration kPostLimit = std::chrono::seconds(10);
inline constexpr base::Duration kFirstRetry = std::chrono::seconds(1);
inline constexpr base::Duration kLongestRetry = std::chrono::hours(1);
inline constexpr std::size_t kMaxChangesAtOnce = 20;
inline constexpr base::Duration kAnswerLimit = std::chrono::seconds(10);  // of the network

// Thread: that of the network.
class Line final : public net::DeviceListener, public std::enable_shared_from_this<Line> {
 public:
  // Connects, and goes on with what was left to tell.
  static std::shared_ptr<Line> Start(Parts& parts, std::string number);
  // Nothing happens from now on; the parts may go.
  void Stop();
  // Takes what waits out of the keep: the number is gone.
  void Forget(net::Keep& keep);

  const Number& number() const { return *parts_->registry.FindNumber(id_); }
  // nullptr while the device is not connected.
  net::Connection* connection() { return connection_.get(); }
  Limits& limits() { return limits_; }

  // Sends. Nothing: it is taken, if only to fail later. The record must be in the book.
  base::Task<Outcome<void>> Send(net::DeviceMessage message);
  // Puts it behind what waits, and into the keep.
  void Tell(Change change);
  std::size_t waiting() const { return due_.size() + items_.size(); }

 private:
  Line(Parts& parts, std::string number);

  struct Due {
    std::string name;  // in the keep
    Change change;
  };
  // What is posted together.
  struct Batch {
    std::vector<Change> changes;
    std::size_t due = 0;          // how many of those in the keep it ends
    std::uint64_t last_item = 0;  // seq of the last item that it ends; 0: none
  };

  void OnItems(std::span<const net::Item> items) override;
  void OnClosed(net::CloseReason reason) override;

  static base::Task<> Run(std::shared_ptr<Line> self);
  // Whether the app took them, or nobody wants them.
  static base::Task<bool> Post(std::shared_ptr<Line> self, std::vector<Change> changes, bool twice);
  void Connect();
  Batch NextBatch();
  void Finish(const Batch& batch);
  void OnAnswer(const std::string& wamid, const net::SendResult& result,
                std::optional<GraphError>& error);
  // The network's answer did not come, or comes after what became of the message: whether the
  // network has it is looked up.
  void Settle(const std::string& wamid,
              const std::optional<net::BilledConversation>& billed = std::nullopt);
  void LoadDue();
  const Callback* CallbackOf() const;

  Parts* parts_;  // nullptr: stopped
  base::Scheduler& scheduler_;
  const std::string id_;
  base::Signal changed_;
  std::unique_ptr<net::Connection> connection_;
  bool lost_ = false;  // the phone has logged the device out
  std::deque<net::Item> items_;
  std::deque<Due> due_;
  std::uint64_t last_due_ = 0;
  Limits limits_;
};

// Whether the app at `url` knows the verify token: what Meta asks with a GET before it believes a
// callback URL. The error says what was wrong with the answer.
base::Task<base::Result<void>> VerifyCallback(Parts* parts, Callback callback);

}  // namespace parley::sim::graph
