#include "app/options.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <span>

#include "base/text.h"
#include "http/address_guard.h"
#include "http/url.h"
#include "link/multidevice/registration.h"

namespace parley::app {
namespace {

using O = Options;

constexpr OptionRow kRows[] = {
    {"data", &O::data, OptionKind::kPath, "Folder for the database, media, keys and demo.json"},
    {"listen", &O::listen, OptionKind::kAddress,
     "Address and port of the APIs; port 0 picks a free one"},
    {"public-url", &O::public_url, OptionKind::kUrl,
     "How the outside reaches this gateway, for media links; default http://<listen>"},
    {"output-ip", &O::output_ip, OptionKind::kText,
     "The address that this gateway's requests come from, as the outside sees it; default the one "
     "of the machine's default route"},
    {"demo", &O::demo, OptionKind::kFlag,
     "Simulated network and demo accounts in a fresh data folder; writes demo.json"},
    {"config", &O::config, OptionKind::kPath, "Configuration file, lines of `name = value`"},
    {"simulated-network", &O::simulated_network, OptionKind::kFlag,
     "Run the simulated WhatsApp network; --demo implies it"},
    {"sim-listen", &O::sim_listen, OptionKind::kAddress,
     "Address and port of the simulated network's control API; auto = the port after --listen"},
    {"sim-ack-delay", &O::sim_ack_delay, OptionKind::kDuration,
     "Simulated network: from a send to its acknowledgement"},
    {"sim-delivery-delay", &O::sim_delivery_delay, OptionKind::kDuration,
     "Simulated network: from acceptance to arrival"},
    {"sim-receipt-delay", &O::sim_receipt_delay, OptionKind::kDuration,
     "Simulated network: from arrival to the receipt"},
    {"sim-jitter", &O::sim_jitter, OptionKind::kDuration,
     "Simulated network: added at random to each delay"},
    {"sim-strict", &O::sim_strict, OptionKind::kFlag,
     "Simulated network: clients of the wire may only send stanzas with attributes that are known"},
    {"new-channels", &O::new_channels, OptionKind::kText,
     "Link of channels that the APIs create without naming one: simulated or multidevice; auto = "
     "simulated where the simulated network runs, else multidevice"},
    {"multidevice-url", &O::multidevice_url, OptionKind::kText,
     "Where the network of native channels is, as ws:// or wss://. With --demo it is the demo's "
     "own network unless this or the next option names another"},
    {"multidevice-root", &O::multidevice_root, OptionKind::kText,
     "Public key that the network's certificates come from: 64 hex digits, or a file with them; "
     "default the public network's"},
    {"multidevice-version", &O::multidevice_version, OptionKind::kText,
     "Version of the network's web client that native channels say they are. Raise it when "
     "channels "
     "stand at client_outdated; the admin API does it without a restart"},
    {"multidevice-browser", &O::multidevice_browser, OptionKind::kText,
     "The browser that they say they are: Chrome, Edge, Firefox, Opera, Safari or Desktop"},
    {"multidevice-os", &O::multidevice_os, OptionKind::kText,
     "The system that they say they run on, as the phone's list of devices shows it"},
    {"multidevice-at-once", &O::multidevice_at_once, OptionKind::kNumber,
     "Native channels that connect at the same time; the others wait"},
    {"multidevice-spacing", &O::multidevice_spacing, OptionKind::kDuration,
     "From one native channel that connects to the next; 0 = none"},
    {"multidevice-first-keys", &O::multidevice_first_keys, OptionKind::kNumber,
     "One-time keys that a native channel makes when it is paired; each is a row of the store"},
    {"cloud-url", &O::cloud_url, OptionKind::kText,
     "Where channels on the Cloud API find Meta's Graph API, as https:// or http://. With --demo "
     "it "
     "is the demo's own network unless this names another"},
    {"cloud-version", &O::cloud_version, OptionKind::kText,
     "Version of the Graph API that they speak"},
    {"allow-networks", &O::allow_networks, OptionKind::kList,
     "Networks that webhooks and media URLs may reach although they are not public, as CIDR; "
     "--demo adds 127.0.0.0/8"},
    {"ca-files", &O::ca_files, OptionKind::kList,
     "Files with certificates that are trusted beside the system's, for outgoing TLS"},
    {"key-file", &O::key_file, OptionKind::kPath,
     "File with the 32-byte key that seals secrets, as 64 hex digits; default <data>/key, made at "
     "the first start"},
    {"webhook-disable-after", &O::webhook_disable_after, OptionKind::kDuration,
     "A webhook that has failed for so long is switched off"},
    {"keep-events", &O::keep_events, OptionKind::kDuration,
     "How long events and settled deliveries are kept; 0 = for ever"},
    {"keep-messages", &O::keep_messages, OptionKind::kDuration,
     "How long messages are kept; 0 = for ever"},
    {"keep-media", &O::keep_media, OptionKind::kDuration, "How long media is kept; 0 = for ever"},
    {"max-media-gb", &O::max_media_gb, OptionKind::kNumber,
     "How much media is kept, together; more is answered 503 until older media is deleted"},
    {"media-worker", &O::media_worker, OptionKind::kPath,
     "Program that looks into media; default parley-media-worker beside this one; off = media goes "
     "as it is"},
    {"media-workers", &O::media_workers, OptionKind::kNumber, "How many files it works on at once"},
    {"keep-image-metadata", &O::keep_image_metadata, OptionKind::kFlag,
     "Images are sent with what they say of themselves, as where they were taken"},
    {"speech-networks", &O::speech_networks, OptionKind::kList,
     "Networks that endpoints which transcribe voice messages may be in although they are not "
     "public, as CIDR; --demo adds 127.0.0.0/8"},
    {"speech-model", &O::speech_model, OptionKind::kPath,
     "Folder of the embedded recogniser's model"},
    {"speech-worker", &O::speech_worker, OptionKind::kPath,
     "Program of the embedded recogniser; default parley-speech-worker beside this program"},
    {"speech-longest", &O::speech_longest, OptionKind::kDuration,
     "Longest voice message that the embedded recogniser is given"},
    {"speech-at-once", &O::speech_at_once, OptionKind::kNumber,
     "Voice messages that the embedded recogniser hears at once; each takes a processor"},
    {"max-connections", &O::max_connections, OptionKind::kNumber, "Open HTTP connections"},
    {"max-body-memory-mb", &O::max_body_memory_mb, OptionKind::kNumber,
     "Memory for large request bodies, together; more is answered 503"},
    {"write-queue", &O::write_queue, OptionKind::kNumber,
     "Requests that may wait for the store; more is answered 503"},
    {"stop-timeout", &O::stop_timeout, OptionKind::kDuration,
     "How long requests and deliveries may take to finish at SIGTERM"},
    {"log-level", &O::log_level, OptionKind::kText, "debug, info, warning, error or off"},
    {"log-format", &O::log_format, OptionKind::kText, "text or json"},
    {"crash-at", &O::crash_at, OptionKind::kText, "Kill this process at a named point", true},
    {"small-key-runs", &O::small_key_runs, OptionKind::kFlag,
     "Write and merge the runs of the key index after a few rows", true},
};

constexpr std::int64_t kMaxNumber = 1'000'000'000;
constexpr std::int64_t kMaxSpeechAtOnce = 64;
constexpr std::string_view kLogLevels[] = {"debug", "info", "warning", "error", "off"};
constexpr std::string_view kNewChannels[] = {"auto", "simulated", "multidevice"};
constexpr std::size_t kMaxOs = 100;
constexpr std::int64_t kMaxConnectingAtOnce = 10'000;
constexpr base::Duration kMaxSpacing = std::chrono::seconds(60);
// An upload of them is one stanza.
constexpr std::int64_t kMinFirstKeys = 10, kMaxFirstKeys = 812;
constexpr std::string_view kLogFormats[] = {"text", "json"};

constexpr std::string_view kTrueWords[] = {"true", "yes", "on", "1"};
constexpr std::string_view kFalseWords[] = {"false", "no", "off", "0"};

bool IsOneOf(std::string_view value, std::span<const std::string_view> choices) {
  return std::find(choices.begin(), choices.end(), value) != choices.end();
}

// "v" and two numbers with a dot between them.
bool IsGraphVersion(std::string_view text) {
  if (!text.starts_with('v')) return false;
  const std::size_t dot = text.find('.');
  const auto is_number = [](std::string_view digits) {
    return !digits.empty() && digits.size() <= 3 &&
           digits.find_first_not_of("0123456789") == std::string_view::npos;
  };
  return dot != std::string_view::npos && is_number(text.substr(1, dot - 1)) &&
         is_number(text.substr(dot + 1));
}

std::optional<std::string> Set(std::string& member, std::string_view text) {
  if (text.find_first_of(std::string_view("\n\0", 2)) != std::string_view::npos)
    return "give one line of text";
  member = text;
  return std::nullopt;
}

std::optional<std::string> Set(bool& member, std::string_view text) {
  if (!IsOneOf(text, kTrueWords) && !IsOneOf(text, kFalseWords)) return "give true or false";
  member = IsOneOf(text, kTrueWords);
  return std::nullopt;
}

std::optional<std::string> Set(std::int64_t& member, std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 1 || number > kMaxNumber)
    return fmt::format("give a whole number from 1 to {}", kMaxNumber);
  member = number;
  return std::nullopt;
}

std::optional<std::string> Set(std::vector<std::string>& member, std::string_view text) {
  member.clear();
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    if (const std::string_view item = base::Trim(text.substr(0, comma)); !item.empty())
      member.emplace_back(item);
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return std::nullopt;
}

std::string TextOf(const std::string& member) { return member; }
std::string TextOf(bool member) { return member ? "true" : "false"; }
std::string TextOf(std::int64_t member) { return std::to_string(member); }
std::string TextOf(const std::vector<std::string>& member) {
  return fmt::format("{}", fmt::join(member, ","));
}

// What the value of a kind must look like; empty when it does.
std::string DemandOf(OptionKind kind, const std::string& value) {
  switch (kind) {
    case OptionKind::kAddress:
      if (value != "auto" && !ParseListen(value))
        return "give an address and a port, as in 127.0.0.1:8080 or [::1]:8080";
      break;
    case OptionKind::kUrl:
      if (!value.empty() && !http::ParseUrl(value)) return "give an http or https URL";
      break;
    case OptionKind::kDuration:
      if (!base::ParseDuration(value)) return "give a time as in 500ms, 30s, 5m, 2h or 7d";
      break;
    case OptionKind::kNumber:  // SetOption has checked it
    case OptionKind::kText:
    case OptionKind::kPath:
    case OptionKind::kFlag:
    case OptionKind::kList:
      break;
  }
  return "";
}

}  // namespace

std::span<const OptionRow> OptionRows() { return kRows; }

std::string EnvironmentName(const OptionRow& row) {
  std::string name = "PARLEY_" + std::string(row.name);
  for (char& c : name) c = c == '-' ? '_' : (c >= 'a' && c <= 'z') ? static_cast<char>(c - 32) : c;
  return name;
}

std::optional<std::string> SetOption(const OptionRow& row, std::string_view text,
                                     Options& options) {
  return std::visit([&](auto member) { return Set(options.*member, text); }, row.member);
}

std::string OptionText(const OptionRow& row, const Options& options) {
  return std::visit([&](auto member) { return TextOf(options.*member); }, row.member);
}

std::vector<OptionFault> CheckOptions(const Options& options) {
  std::vector<OptionFault> faults;
  for (const OptionRow& row : kRows) {
    const std::string value = OptionText(row, options);
    if (std::string demand = DemandOf(row.kind, value); !demand.empty())
      faults.push_back({std::string(row.name), value, std::move(demand)});
  }
  if (options.data.empty()) faults.push_back({"data", "", "name a folder"});
  for (const std::string& network : options.allow_networks)
    if (!http::Network::Parse(network))
      faults.push_back({"allow-networks", network, "give networks as in 10.0.0.0/8"});
  for (const std::string& network : options.speech_networks)
    if (!http::Network::Parse(network))
      faults.push_back({"speech-networks", network, "give networks as in 10.0.0.0/8"});
  if (const auto longest = base::ParseDuration(options.speech_longest);
      longest && (*longest < std::chrono::seconds(1) || *longest > std::chrono::hours(2)))
    faults.push_back({"speech-longest", options.speech_longest, "give a time from 1s to 2h"});
  if (options.speech_at_once > kMaxSpeechAtOnce)
    faults.push_back({"speech-at-once", std::to_string(options.speech_at_once),
                      fmt::format("give a number from 1 to {}", kMaxSpeechAtOnce)});
  const bool is_network = options.output_ip.find('/') != std::string::npos;
  if (!options.output_ip.empty() && (is_network || !http::Network::Parse(options.output_ip)))
    faults.push_back({"output-ip", options.output_ip, "give an address as in 203.0.113.7"});
  if (options.listen == "auto")
    faults.push_back({"listen", options.listen, "give an address and a port"});
  if (!IsOneOf(options.new_channels, kNewChannels))
    faults.push_back({"new-channels", options.new_channels,
                      fmt::format("choose one of {}", fmt::join(kNewChannels, ", "))});
  if (!options.multidevice_url.starts_with("ws://") &&
      !options.multidevice_url.starts_with("wss://"))
    faults.push_back({"multidevice-url", options.multidevice_url, "give a ws or wss URL"});
  if (!link::multidevice::ParseVersion(options.multidevice_version))
    faults.push_back({"multidevice-version", options.multidevice_version,
                      "give three numbers as in 2.3000.1045649367"});
  if (link::multidevice::FindBrowser(options.multidevice_browser) == nullptr)
    faults.push_back({"multidevice-browser", options.multidevice_browser,
                      "choose one of Chrome, Edge, Firefox, Opera, Safari, Desktop"});
  if (options.multidevice_os.empty() || options.multidevice_os.size() > kMaxOs)
    faults.push_back({"multidevice-os", options.multidevice_os, "give a name of a system"});
  if (options.multidevice_at_once > kMaxConnectingAtOnce)
    faults.push_back({"multidevice-at-once", std::to_string(options.multidevice_at_once),
                      fmt::format("give a number from 1 to {}", kMaxConnectingAtOnce)});
  if (const auto spacing = base::ParseDuration(options.multidevice_spacing);
      spacing && *spacing > kMaxSpacing)
    faults.push_back(
        {"multidevice-spacing", options.multidevice_spacing, "give a time of up to 60s"});
  if (options.multidevice_first_keys < kMinFirstKeys ||
      options.multidevice_first_keys > kMaxFirstKeys)
    faults.push_back({"multidevice-first-keys", std::to_string(options.multidevice_first_keys),
                      fmt::format("give a number from {} to {}", kMinFirstKeys, kMaxFirstKeys)});
  const bool is_http =
      options.cloud_url.starts_with("https://") || options.cloud_url.starts_with("http://");
  if (!is_http || options.cloud_url.ends_with('/'))
    faults.push_back(
        {"cloud-url", options.cloud_url, "give an http or https URL without a slash at the end"});
  if (!IsGraphVersion(options.cloud_version))
    faults.push_back({"cloud-version", options.cloud_version, "give a version as in v23.0"});
  if (!IsOneOf(options.log_level, kLogLevels))
    faults.push_back({"log-level", options.log_level,
                      fmt::format("choose one of {}", fmt::join(kLogLevels, ", "))});
  if (!IsOneOf(options.log_format, kLogFormats))
    faults.push_back({"log-format", options.log_format,
                      fmt::format("choose one of {}", fmt::join(kLogFormats, ", "))});
  return faults;
}

base::Duration DurationOf(const std::string& text) {
  return base::ParseDuration(text).value_or(base::Duration(0));
}

std::optional<ListenAddress> ParseListen(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  const std::string_view port = text.substr(colon + 1);
  ListenAddress address;
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), address.port);
  if (error != std::errc() || end != port.data() + port.size()) return std::nullopt;
  std::string_view host = text.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (host.empty()) return std::nullopt;
  address.host = host;
  return address;
}

std::string SimulatedListen(const Options& options) {
  if (options.sim_listen != "auto") return options.sim_listen;
  const auto api = ParseListen(options.listen);
  const int port = !api || api->port == 0 || api->port == 65535 ? 0 : api->port + 1;
  return fmt::format("127.0.0.1:{}", port);
}

}  // namespace parley::app
