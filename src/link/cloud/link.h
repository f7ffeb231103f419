// The link of one channel to Meta's Cloud API. There is no connection to keep: the link is
// connected while Graph takes its token for its number, and hears by webhook (webhook.h).
//
//   link.cc       credentials, state
//   sending.cc    messages out
//   receiving.cc  webhooks' changes in
//   answers.cc    requests
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/random.h"
#include "base/scheduler.h"
#include "core/channels/link.h"
#include "core/media/media_source.h"
#include "core/secrets.h"
#include "core/store.h"
#include "http/client.h"
#include "link/cloud/attempts.h"
#include "link/cloud/graph.h"
#include "link/cloud/inbox.h"
#include "link/cloud/media.h"
#include "link/cloud/uplink.h"

namespace parley::link::cloud {

class CloudFactory;
namespace format {
struct Change;
struct MessageNews;
}  // namespace format

// When somebody asked a channel's webhook as Meta does before it takes the address, since the
// channel was started.
struct ChallengeTimes {
  std::optional<base::Time> right_at;  // with the channel's verify token
  std::optional<base::Time> wrong_at;  // with another
};

// What links stand on. All of it outlives them.
struct CloudParts {
  core::Store& store;
  core::Secrets& secrets;
  base::Random& random;
  base::BlockingPool& pool;
  core::BlobStore& blobs;
  http::Client& client;
};

core::Capabilities CloudCapabilities();

// Thread: the store's scheduler's.
class CloudLink final : public core::Link {
 public:
  CloudLink(const CloudParts& parts, CloudFactory& factory, const core::Channel& channel,
            core::LinkEvents& events);
  ~CloudLink() override;

  core::Capabilities capabilities() const override { return CloudCapabilities(); }
  void Start() override;
  base::Task<> Stop() override;
  // The number stays registered at Meta: it is its owner's, and other programs may use it.
  base::Task<> LogOut() override { co_return; }
  base::Task<base::Result<void>> RequestPairingCode(std::string phone) override;
  base::Task<core::SendOutcome> Send(core::OutgoingMessage message) override;
  base::Task<base::Result<core::LinkAnswer>> Request(core::LinkRequest request,
                                                     base::Duration limit) override;

  // Of the webhook. nullptr until they are loaded.
  const core::CloudCredentials* credentials() const {
    return uplink_.graph() ? &uplink_.graph()->credentials() : nullptr;
  }
  const core::ChannelId& channel() const { return channel_.id; }
  ChallengeTimes& challenges() { return challenges_; }
  // Bodies of webhooks with one change each, for this number; durable when it returns.
  base::Task<base::Result<void>> Take(std::vector<std::string> changes);

 private:
  class Asking;  // answers.cc

  base::Task<> Run();
  base::Task<bool> Prepare();
  base::Task<bool> Connect();
  base::Task<> Disconnect(std::string reason);
  base::Task<> ReportState(core::ChannelState state, std::string reason);
  base::Task<base::Result<void>> Report(std::vector<core::LinkReport> reports,
                                        core::LinkWrites state);
  // What an error says about the channel as a whole: a token that is not taken any more.
  enum class Asked { kToSend, kSomethingElse };
  void LearnFrom(const GraphAnswer& answer, Asked asked);
  void LoseFor(std::string_view reason);
  void LookNow();
  base::Task<> WaitFor(base::Duration pause);

  base::Task<core::SendOutcome> Hand(core::OutgoingMessage message);
  core::SendOutcome Outcome(core::MessageId id, const GraphAnswer& answer);
  base::Task<> WaitForPause();

  void Work();
  base::Task<> WorkOff();
  base::Task<bool> WorkOffSome();
  base::Task<std::vector<core::LinkReport>> ReportsOf(std::string body);
  std::vector<core::LinkReport> NoticesOf(const format::Change& change);
  void Note(const format::MessageNews& news);

  const CloudParts parts_;
  CloudFactory& factory_;
  base::Scheduler& scheduler_;
  core::LinkEvents& events_;
  const core::Channel channel_;  // identity only
  Uplink uplink_;
  Attempts attempts_;
  Inbox inbox_;
  CloudMedia media_;

  bool stopping_ = false;
  bool connected_ = false;
  bool registered_ = false;
  bool reporting_ = false;
  int tasks_ = 0;            // coroutines of this link under way
  bool working_ = false;     // one of them works the inbox off
  bool look_now_ = false;    // the number is to be asked for before its time
  std::string reason_;       // why it is not connected, as was told last
  std::string lost_reason_;  // why it cannot be used any more, although it is connected
  ChallengeTimes challenges_;
  base::Time paused_until_;  // Meta takes no more messages before
  base::Signal changed_;     // stopping_, look_now_
  base::Signal reported_;    // reporting_ became false
  base::Signal ended_;       // tasks_ reached zero
};

}  // namespace parley::link::cloud
