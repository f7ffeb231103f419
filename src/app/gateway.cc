#include "app/gateway.h"

#include "admin/service.h"
#include "api/onemsg/dialect.h"
#include "api/twochat/dialect.h"
#include "api/wapio/dialect.h"
#include "app/front_door.h"
#include "base/text.h"
#include "dashboard/service.h"
#include "link/cloud/webhook.h"
#include "link/multidevice/content_out.h"
#include "link/multidevice/messaging.h"
#include "link/simulated/simulated_link.h"
#include "media/fetcher.h"
#include "media/links.h"
#include "numbering/numbering.h"

namespace parley::app {
namespace {

std::unique_ptr<core::LinkFactory> MakeSimulated(const Environment& environment,
                                                 core::Store& store) {
  if (environment.network == nullptr) return nullptr;
  return link::simulated::MakeFactory(store, environment.random, environment.pool,
                                      environment.blobs, *environment.network);
}

std::unique_ptr<link::multidevice::MultideviceFactory> MakeMultidevice(
    const Environment& environment, core::Store& store, core::Secrets& secrets,
    link::multidevice::Files& files, const GatewayOptions& options) {
  if (environment.web_sockets == nullptr) return nullptr;
  link::multidevice::LinkParts parts{store,
                                     secrets,
                                     environment.random,
                                     environment.pool,
                                     *environment.web_sockets,
                                     link::multidevice::MakeMessaging,
                                     link::multidevice::CarriedKinds(),
                                     &files};
  return std::make_unique<link::multidevice::MultideviceFactory>(
      std::move(parts), options.multidevice, options.client);
}

std::unique_ptr<link::cloud::CloudFactory> MakeCloud(const Environment& environment,
                                                     core::Store& store, core::Secrets& secrets,
                                                     const GatewayOptions& options) {
  if (environment.graph_client == nullptr) return nullptr;
  link::cloud::CloudParts parts{store,
                                secrets,
                                environment.random,
                                environment.pool,
                                environment.blobs,
                                *environment.graph_client};
  return std::make_unique<link::cloud::CloudFactory>(parts, options.graph);
}

admin::AdminOptions AdminOptionsOf(const Environment& environment, const core::Secrets& secrets,
                                   const GatewayOptions& options) {
  admin::AdminOptions admin;
  admin.session_key = secrets.Derive("dashboard/sessions");
  admin.public_url = options.public_url;
  admin.simulated_network = environment.network_control;
  admin.is_demo = options.is_demo;
  admin.shown_options = options.shown_options;
  return admin;
}

core::LinkFactories MakeLinks(core::LinkFactory* simulated, core::LinkFactory* multidevice,
                              core::LinkFactory* cloud) {
  core::LinkFactories links;
  links.Set(core::LinkKind::kSimulated, simulated);
  links.Set(core::LinkKind::kMultiDevice, multidevice);
  links.Set(core::LinkKind::kCloud, cloud);
  return links;
}

}  // namespace

// The dialects' encoders are needed before the services, their handlers after them.
struct Gateway::Dialects {
  Dialects(const core::MediaLinks& media, const core::NumberFacts& numbers)
      : twochat_encoder(api::twochat::MakeEncoder(media, numbers)),
        wapio_encoder(api::wapio::MakeEncoder(media)),
        onemsg_encoder(api::onemsg::MakeEncoder(media)) {}

  void Serve(core::Services& services) {
    twochat = api::twochat::MakeDialect(services);
    wapio = api::wapio::MakeDialect(services);
    onemsg = api::onemsg::MakeDialect(services);
  }

  delivery::Encoders encoders() const {
    delivery::Encoders encoders{};
    encoders[static_cast<std::size_t>(core::Dialect::kTwoChat)] = twochat_encoder.get();
    encoders[static_cast<std::size_t>(core::Dialect::kWapio)] = wapio_encoder.get();
    encoders[static_cast<std::size_t>(core::Dialect::kOneMsg)] = onemsg_encoder.get();
    return encoders;
  }

  std::unique_ptr<core::EventEncoder> twochat_encoder, wapio_encoder, onemsg_encoder;
  std::unique_ptr<http::Service> twochat, wapio, onemsg, media, cloud, dashboard;
};

Gateway::Gateway(Environment environment, GatewayOptions options)
    : store_(environment.store, environment.scheduler),
      secrets_(options.seal_key, environment.random),
      bell_(environment.store),
      numbers_(numbering::MakeNumberFacts()),
      media_links_(media::MakeLinks(secrets_, options.public_url)),
      simulated_(MakeSimulated(environment, store_)),
      no_care_(core::MakeNoMediaCare()),
      care_(environment.care != nullptr ? *environment.care : *no_care_),
      media_(media::MakeFetcher(store_, environment.random, environment.pool, environment.blobs,
                                environment.media_client, environment.sniffer, *media_links_,
                                care_)),
      native_files_(store_, secrets_, environment.pool, environment.media_client, *media_,
                    environment.blobs),
      multidevice_(MakeMultidevice(environment, store_, secrets_, native_files_, options)),
      cloud_(MakeCloud(environment, store_, secrets_, options)),
      links_(MakeLinks(simulated_.get(), multidevice_.get(), cloud_.get())),
      host_(store_, environment.random, links_),
      dialects_(std::make_unique<Dialects>(*media_links_, *numbers_)),
      deliverer_(store_, environment.random, bell_, environment.webhook_client, secrets_,
                 dialects_->encoders(), options.delivery),
      retention_(store_, environment.random, environment.pool, environment.blobs,
                 options.retention),
      inspections_(store_, bell_, care_),
      transcriptions_(store_, environment.random, bell_, secrets_, environment.transcribers,
                      options.transcription),
      url_policy_(environment.webhook_client),
      directory_(store_),
      accounts_(store_, environment.random, secrets_),
      channels_(store_, environment.random, secrets_, host_, deliverer_, options.new_channels),
      messages_(store_, environment.random, links_, *media_, host_),
      groups_(store_, environment.random, links_, *media_, host_),
      newsletters_(store_, environment.random, links_, host_),
      contacts_(store_, environment.random, host_),
      chats_(store_, host_),
      profiles_(store_, *media_, host_),
      templates_(host_),
      uploads_(store_, environment.random, secrets_, links_, *media_),
      usage_(store_),
      webhooks_(store_, environment.random, secrets_, url_policy_, deliverer_, deliverer_,
                dialects_->encoders()),
      services_{environment.scheduler,
                environment.random,
                store_,
                directory_,
                accounts_,
                channels_,
                messages_,
                groups_,
                newsletters_,
                contacts_,
                chats_,
                profiles_,
                templates_,
                webhooks_,
                bell_,
                *media_,
                uploads_,
                usage_,
                *media_links_,
                *numbers_,
                links_,
                std::move(options.output_ip)},
      node_(environment.scheduler, deliverer_, transcriptions_, multidevice_.get(), cloud_.get(),
            std::move(options.measure), std::move(options.back_up), options.started_after_crash),
      admin_(admin::MakeAdmin(services_, node_, AdminOptionsOf(environment, secrets_, options))) {
  dialects_->Serve(services_);
  dialects_->media = media::MakeService(store_, environment.blobs, secrets_);
  dialects_->dashboard = dashboard::MakeService(options.dashboard);
  // The first path segment picks the owner; 1MSG, whose methods stand at the root, gets the rest.
  std::vector<FrontDoor::Owner> owners = {
      {"2chat", {"open", "ping"}, dialects_->twochat.get(), true},
      {"wapio", {"v1", "api"}, dialects_->wapio.get(), true},
      {"media", {"media"}, dialects_->media.get()},
      {"admin", {"parley"}, admin_.get()},
      {"health", {"healthz", "readyz", "metrics"}, admin_.get()},
      {"dashboard", {"ui"}, dialects_->dashboard.get()},
  };
  // Who opens the server's address in a browser looks for the page; without one, 1MSG answers.
  if (!options.dashboard.empty()) owners.back().segments.push_back(FrontDoor::kReadRoot);
  if (cloud_ != nullptr) {
    dialects_->cloud = link::cloud::MakeWebhook(*cloud_);
    owners.push_back({"cloud", {"cloud"}, dialects_->cloud.get()});
  }
  owners.push_back({"1msg", {}, dialects_->onemsg.get(), true});
  front_door_ = std::make_unique<FrontDoor>(environment.scheduler, std::move(owners), admin_.get());
  node_.SetFrontDoor(front_door_.get());
  deliverer_.SetWatcher(&shown_posts_);
}

Gateway::~Gateway() = default;

void Gateway::ShownPosts::OnPost(const delivery::PostNote& note) {
  admin::Activity& activity = gateway_.admin_->activity();
  if (!activity.is_watched()) return;
  admin::PostAttemptView view;
  view.subscription_id = note.subscription.id.value.ToText();
  view.account_id = note.subscription.account_id.value.ToText();
  view.dialect = core::NameOf(note.subscription.dialect);
  view.name = note.name;
  view.url = note.subscription.url;
  view.attempt = note.attempt;
  if (note.status != 0) view.status = note.status;
  view.error = base::NonEmpty(std::string(note.error));
  view.duration_ms = note.took.count();
  activity.AddPost(std::move(view), note.body, note.answer);
}

base::Task<base::Result<void>> Gateway::Start() {
  PARLEY_CO_CHECK(co_await deliverer_.Start());
  co_await host_.Start();
  retention_.Start();
  inspections_.Start();
  transcriptions_.Start();
  admin_->Start();
  node_.SetServing(true);
  co_return base::Result<void>();
}

void Gateway::EndWaits() {
  node_.SetServing(false);
  admin_->EndWaits();
}

base::Task<> Gateway::Stop() {
  co_await admin_->Stop();
  co_await transcriptions_.Stop();
  co_await inspections_.Stop();
  co_await retention_.Stop();
  co_await host_.Stop();
  co_await deliverer_.Stop();
}

http::Service& Gateway::front_door() { return *front_door_; }

}  // namespace parley::app
