// The gateway: every part, wired. The same wiring runs on threads, sockets and the disk (server.cc)
// and on virtual time in one thread (tests/support), depending on the environment it is given.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "admin/option_schema.h"
#include "app/node.h"
#include "base/blocking_pool.h"
#include "base/random.h"
#include "base/scheduler.h"
#include "core/accounts/accounts.h"
#include "core/accounts/directory.h"
#include "core/channels/channels.h"
#include "core/channels/host.h"
#include "core/chats/chats.h"
#include "core/contacts/contacts.h"
#include "core/event_bell.h"
#include "core/groups/groups.h"
#include "core/media/inspections.h"
#include "core/media/media_care.h"
#include "core/media/media_source.h"
#include "core/media/uploads.h"
#include "core/messages/messages.h"
#include "core/newsletters/newsletters.h"
#include "core/numbers.h"
#include "core/profiles/profiles.h"
#include "core/retention.h"
#include "core/secrets.h"
#include "core/services.h"
#include "core/speech/transcriber.h"
#include "core/speech/transcription_queue.h"
#include "core/templates/templates.h"
#include "core/usage/usage.h"
#include "core/webhooks/webhooks.h"
#include "dashboard/files.h"
#include "delivery/deliverer.h"
#include "http/client.h"
#include "http/web_socket_client.h"
#include "link/cloud/factory.h"
#include "link/multidevice/factory.h"
#include "link/multidevice/files.h"
#include "media/sniff.h"
#include "sim/network/network.h"

namespace parley::admin {
class Admin;
}

namespace parley::app {

class FrontDoor;

// What the gateway stands on. All of it outlives the gateway and belongs to one thread.
struct Environment {
  base::Scheduler& scheduler;
  base::Random& random;
  core::StoreBackend& store;
  base::BlockingPool& pool;
  core::BlobStore& blobs;
  http::Client& webhook_client;
  http::Client& media_client;
  media::Sniffer& sniffer;
  sim::network::Network* network = nullptr;      // null: no simulated channels
  core::MediaCare* care = nullptr;               // null: media is left as it is
  core::Transcribers transcribers = {};          // null: not here
  http::WebSocketClient* web_sockets = nullptr;  // null: no native channels
  http::Client* graph_client = nullptr;          // null: no channels on the Cloud API
  http::Service* network_control = nullptr;  // of `network`, for the dashboard; null: it has none
};

struct GatewayOptions {
  base::SealKey seal_key{};
  std::string public_url;
  delivery::DelivererOptions delivery;
  core::RetentionOptions retention;
  core::TranscriptionOptions transcription;
  MeasureProcess measure;  // may be empty, as the next two
  BackUpProcess back_up;
  core::OutputIp output_ip;
  core::LinkKind new_channels = core::LinkKind::kSimulated;
  link::multidevice::NetworkOptions multidevice;
  link::multidevice::ClientInfo client;
  link::cloud::GraphOptions graph;
  bool is_demo = false;
  std::vector<admin::OptionView> shown_options;
  bool started_after_crash = false;  // the process before this one ended without an orderly stop
  std::span<const dashboard::File> dashboard;  // none: /ui/ says so; outlives the gateway
};

class Gateway {
 public:
  Gateway(Environment environment, GatewayOptions options);
  ~Gateway();

  // Takes up channels and deliveries. After it, requests may come.
  base::Task<base::Result<void>> Start();
  // Before the server is stopped: who waits for events gets an answer.
  void EndWaits();
  // The reverse, in order: deliveries under way finish, channels disconnect.
  base::Task<> Stop();

  http::Service& front_door();
  core::Services& services() { return services_; }
  core::Secrets& secrets() { return secrets_; }
  core::ChannelHost& host() { return host_; }
  // Null where there are no native channels.
  link::multidevice::MultideviceFactory* multidevice() { return multidevice_.get(); }
  // Null where there are no channels on the Cloud API.
  link::cloud::CloudFactory* cloud() { return cloud_.get(); }
  delivery::Deliverer& deliverer() { return deliverer_; }
  core::Retention& retention() { return retention_; }
  core::MediaCare& care() { return care_; }
  core::TranscriptionQueue& transcriptions() { return transcriptions_; }

 private:
  struct Dialects;

  // Shows the deliverer's posts to those who watch the activity.
  class ShownPosts final : public delivery::PostWatcher {
   public:
    explicit ShownPosts(Gateway& gateway) : gateway_(gateway) {}
    void OnPost(const delivery::PostNote& note) override;

   private:
    Gateway& gateway_;
  };

  class ClientUrlPolicy final : public core::UrlPolicy {
   public:
    explicit ClientUrlPolicy(http::Client& client) : client_(client) {}
    base::Task<base::Result<void>> Check(std::string url) override {
      return client_.Check(std::move(url));
    }

   private:
    http::Client& client_;
  };

  core::Store store_;
  core::Secrets secrets_;
  core::EventBell bell_;
  std::unique_ptr<core::NumberFacts> numbers_;
  std::unique_ptr<core::MediaLinks> media_links_;
  std::unique_ptr<core::LinkFactory> simulated_;
  const std::unique_ptr<core::MediaCare> no_care_;
  core::MediaCare& care_;
  std::unique_ptr<core::MediaSource> media_;
  link::multidevice::Files native_files_;
  std::unique_ptr<link::multidevice::MultideviceFactory> multidevice_;
  std::unique_ptr<link::cloud::CloudFactory> cloud_;
  core::LinkFactories links_;
  core::ChannelHost host_;
  std::unique_ptr<Dialects> dialects_;
  delivery::Deliverer deliverer_;
  core::Retention retention_;
  core::Inspections inspections_;
  core::TranscriptionQueue transcriptions_;
  ClientUrlPolicy url_policy_;
  core::Directory directory_;
  core::Accounts accounts_;
  core::Channels channels_;
  core::Messages messages_;
  core::Groups groups_;
  core::Newsletters newsletters_;
  core::Contacts contacts_;
  core::Chats chats_;
  core::Profiles profiles_;
  core::Templates templates_;
  core::Uploads uploads_;
  core::Usage usage_;
  core::Webhooks webhooks_;
  core::Services services_;
  GatewayNode node_;
  std::unique_ptr<admin::Admin> admin_;
  std::unique_ptr<FrontDoor> front_door_;
  ShownPosts shown_posts_{*this};
};

}  // namespace parley::app
