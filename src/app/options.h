// Every option of the server: one table, read from flags, environment and a configuration file.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace parley::app {

struct Options {
  std::string data = "./data";
  std::string listen = "127.0.0.1:8080";
  std::string public_url, output_ip;
  bool demo = false;
  std::string config;

  bool simulated_network = false;
  std::string sim_listen = "auto";
  std::string sim_ack_delay = "5ms", sim_delivery_delay = "20ms", sim_receipt_delay = "5ms",
              sim_jitter = "0ms";
  bool sim_strict = false;

  std::string new_channels = "auto";
  std::string multidevice_url = "wss://web.whatsapp.com/ws/chat";
  std::string multidevice_root;
  std::string multidevice_version = "2.3000.1045649367";
  std::string multidevice_browser = "Chrome", multidevice_os = "Linux";
  std::int64_t multidevice_at_once = 64;
  std::string multidevice_spacing = "5ms";
  std::int64_t multidevice_first_keys = 812;

  std::string cloud_url = "https://graph.facebook.com";
  std::string cloud_version = "v23.0";

  std::vector<std::string> allow_networks;
  std::vector<std::string> ca_files;
  std::string key_file;

  std::string webhook_disable_after = "5d";
  std::string keep_events = "7d", keep_messages = "0", keep_media = "30d";

  std::int64_t max_media_gb = 100;
  std::string media_worker;
  std::int64_t media_workers = 2;
  bool keep_image_metadata = false;
  std::vector<std::string> speech_networks;
  std::string speech_model = "/usr/share/pocketsphinx/model/en-us", speech_worker;
  std::string speech_longest = "10m";
  std::int64_t speech_at_once = 1;

  std::int64_t max_connections = 16000;
  std::int64_t max_body_memory_mb = 256;
  std::int64_t write_queue = 20000;
  std::string stop_timeout = "20s";

  std::string log_level = "info", log_format = "text";
  std::string crash_at;  // for crash tests, as the following
  bool small_key_runs = false;
};

using OptionMember = std::variant<std::string Options::*, bool Options::*, std::int64_t Options::*,
                                  std::vector<std::string> Options::*>;

enum class OptionKind { kText, kPath, kAddress, kUrl, kDuration, kNumber, kFlag, kList };

// One row: the flag is --name, the environment PARLEY_NAME with underscores, the configuration
// file's line `name = value`.
struct OptionRow {
  std::string_view name;
  OptionMember member;
  OptionKind kind;
  std::string_view help;
  bool hidden = false;
  bool secret = false;  // its value is shown to nobody
};
std::span<const OptionRow> OptionRows();

// "PARLEY_SIM_LISTEN" for "sim-listen".
std::string EnvironmentName(const OptionRow& row);

// Reads one value; nullopt when it was taken, else what is demanded instead.
std::optional<std::string> SetOption(const OptionRow& row, std::string_view text, Options& options);
// The value as SetOption reads it.
std::string OptionText(const OptionRow& row, const Options& options);

// What is wrong with one option, and what to do.
struct OptionFault {
  std::string option;  // its name
  std::string value;
  std::string demand;
};
// Checks every value on its own and against the others.
std::vector<OptionFault> CheckOptions(const Options& options);

// A duration option's value; it was checked before.
base::Duration DurationOf(const std::string& text);

struct ListenAddress {
  std::string host;
  std::uint16_t port = 0;
};
// "127.0.0.1:8080", "[::1]:0". nullopt otherwise.
std::optional<ListenAddress> ParseListen(std::string_view text);

// Where the simulated network listens: --sim-listen, or for "auto" the port after --listen on
// 127.0.0.1 (any free one when that picks its own).
std::string SimulatedListen(const Options& options);

}  // namespace parley::app
