#include "link/simulated/simulated_link.h"

#include "link/simulated/device_link.h"

namespace parley::link::simulated {
namespace {

class Factory final : public core::LinkFactory {
 public:
  Factory(core::Store& store, base::Random& random, base::BlockingPool& pool,
          core::BlobStore& blobs, net::Network& network)
      : store_(store), random_(random), pool_(pool), blobs_(blobs), network_(network) {}

  core::Capabilities CapabilitiesOf(std::string_view profile) const override {
    return simulated::CapabilitiesOf(ProfileOf(profile));
  }
  std::unique_ptr<core::Link> Make(const core::Channel& channel,
                                   core::LinkEvents& events) override {
    return std::make_unique<DeviceLink>(store_, random_, pool_, blobs_, network_, channel, events);
  }

 private:
  core::Store& store_;
  base::Random& random_;
  base::BlockingPool& pool_;
  core::BlobStore& blobs_;
  net::Network& network_;
};

}  // namespace

std::unique_ptr<core::LinkFactory> MakeFactory(core::Store& store, base::Random& random,
                                               base::BlockingPool& pool, core::BlobStore& blobs,
                                               net::Network& network) {
  return std::make_unique<Factory>(store, random, pool, blobs, network);
}

core::LinkWrites LinkedTo(const net::DeviceInfo& device) {
  core::LinkWrites writes;
  writes.push_back(core::LinkWrite{kSpace, kKey, device.id});
  return writes;
}

}  // namespace parley::link::simulated
