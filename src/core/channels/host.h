// The live channels of one thread: a runner for each that should be connected, and the work of
// ending those that are being deleted.
#pragma once

#include <map>
#include <memory>
#include <set>

#include "core/channels/runner.h"

namespace parley::core {

// Thread: its store's scheduler, except what ChannelPort promises.
class ChannelHost final : public ChannelPort {
 public:
  ChannelHost(Store& store, base::Random& random, const LinkFactories& links)
      : store_(store), random_(random), links_(links), idle_(store.scheduler()) {}

  // Takes up every channel of the store: connects those that should be, resumes deletions.
  base::Task<> Start();
  // Ends all connections. Channels keep their wanted state.
  base::Task<> Stop();

  void Wake(ChannelRow channel) override;
  void Refresh(ChannelRow channel) override;
  void Restart(ChannelRow channel) override;
  base::Task<base::Result<Pairing>> OfferPairing(ChannelRow channel, std::string phone,
                                                 base::Duration limit) override;
  base::Task<base::Result<LinkAnswer>> Request(ChannelRow channel, LinkRequest request,
                                               base::Duration limit) override;

  std::size_t runners() const { return runners_.size(); }
  std::size_t connected() const;

 private:
  base::Task<> StopRunner(std::unique_ptr<ChannelRunner> runner);
  base::Task<> RefreshNow(ChannelRow channel);
  base::Task<> RestartNow(ChannelRow channel);
  base::Task<> End(ChannelRow channel, bool log_out);
  base::Task<> DropEnded(ChannelRow channel);
  base::Task<> Delete(ChannelPtr channel);
  base::Task<> FinishDeletion(ChannelPtr channel);
  base::Task<ChannelPtr> Load(ChannelRow channel);
  ChannelRunner* RunnerOf(const ChannelPtr& channel);

  Store& store_;
  base::Random& random_;
  const LinkFactories& links_;
  std::map<ChannelRow, std::unique_ptr<ChannelRunner>> runners_;
  std::set<ChannelRow> deleting_;
  bool stopping_ = false;
  int tasks_ = 0;
  base::Signal idle_;
};

}  // namespace parley::core
