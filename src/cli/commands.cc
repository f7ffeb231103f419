#include "cli/handlers.h"

namespace parley::cli {
namespace {

using Kind = ArgumentKind;

constexpr std::string_view kDialects[] = {"2chat", "wapio", "1msg"};
constexpr std::string_view kChannelDialects[] = {"wapio", "1msg"};
constexpr std::string_view kStates[] = {"waiting", "parked", "done", "dead"};

constexpr ArgumentSpec kAccount = {"ACCOUNT", "Name or id of the account", true};
constexpr ArgumentSpec kChannel = {"CHANNEL", "Label, number, code or id of the channel", true};
constexpr ArgumentSpec kFingerprint = {"FINGERPRINT", "As key list shows it", true};
constexpr ArgumentSpec kDialect = {"DIALECT", "2chat, wapio or 1msg", true, Kind::kText, kDialects};
constexpr ArgumentSpec kWebhook = {"WEBHOOK", "Id of the webhook", true};

constexpr ArgumentSpec kPlan = {"--plan", "A label of yours"};
constexpr ArgumentSpec kTrial = {"--trial", "The account is on trial", false, Kind::kFlag};
constexpr ArgumentSpec kExpires = {"--expires", "Time from which calls are refused as unpaid",
                                   false, Kind::kTime};
constexpr ArgumentSpec kPerMinute = {"--per-minute", "Requests per minute; 0 = no limit", false,
                                     Kind::kNumber};
constexpr ArgumentSpec kBurst = {"--burst", "Requests at once; 0 = as many as per minute", false,
                                 Kind::kNumber};
constexpr ArgumentSpec kPerMonth = {"--messages-per-month",
                                    "Messages that programs may send in a month; 0 = no limit",
                                    false, Kind::kNumber};
constexpr ArgumentSpec kSetting = {
    "--setting", "NAME=VALUE, as in transcription=embedded; may stand several times", false,
    Kind::kList};
constexpr ArgumentSpec kTranscriptionKey = {
    "--transcription-key", "Key of the endpoint that transcribes voice messages; \"\" = none"};

constexpr ArgumentSpec kOneAccount[] = {kAccount};
constexpr ArgumentSpec kNewAccount[] = {{"NAME", "Name of the account", true},
                                        kPlan,
                                        kTrial,
                                        kExpires,
                                        kPerMinute,
                                        kBurst,
                                        kPerMonth,
                                        kSetting,
                                        kTranscriptionKey};
constexpr ArgumentSpec kSetAccount[] = {
    kAccount,
    {"--name", "New name"},
    kPlan,
    kTrial,
    {"--no-trial", "The account is not on trial", false, Kind::kFlag},
    kExpires,
    {"--never-expires", "Calls are not refused as unpaid", false, Kind::kFlag},
    {"--block", "Refuse every call with this reason"},
    {"--unblock", "Accept calls again", false, Kind::kFlag},
    kPerMinute,
    kBurst,
    kPerMonth,
    kSetting,
    kTranscriptionKey,
};
constexpr ArgumentSpec kNewKey[] = {kAccount, kDialect, {"--label", "What it is for"}};
constexpr ArgumentSpec kOneKey[] = {kAccount, kFingerprint};
constexpr ArgumentSpec kOneChannel[] = {kAccount, kChannel};
constexpr ArgumentSpec kNewChannel[] = {
    kAccount,
    {"LABEL", "What it is for", true},
    {"--phone", "The number that is expected, with country code"},
    {"--link", "How it reaches WhatsApp: simulated, multidevice or cloud"},
    {"--profile", "What its phone is like: phone or business"},
};
constexpr ArgumentSpec kPair[] = {
    kAccount,
    kChannel,
    {"--phone", "Pair by 8-character code with this number, not by QR code"},
    {"--timeout", "How long to wait for the phone; 3m when left out", false, Kind::kDuration},
    {"--no-wait", "Show the code and end", false, Kind::kFlag},
};
constexpr ArgumentSpec kDelete[] = {
    kAccount, kChannel, {"--yes", "Confirms that it is meant", false, Kind::kFlag}};
constexpr ArgumentSpec kChannelKey[] = {
    kAccount, kChannel, {"DIALECT", "wapio or 1msg", true, Kind::kText, kChannelDialects}};
constexpr ArgumentSpec kEvents[] = {
    {"--after", "Position after which to begin; the oldest that is kept when left out", false,
     Kind::kNumber},
    {"--new", "Begin after the newest", false, Kind::kFlag},
    {"--limit", "How many at most", false, Kind::kNumber},
    {"--follow", "Wait for what happens next", false, Kind::kFlag},
    {"--account", "Those of one account, by name or id"},
    {"--channel", "Those of one channel, by id or, with --account, by its label"},
};
constexpr ArgumentSpec kOneWebhook[] = {kAccount, kWebhook};
constexpr ArgumentSpec kSecret[] = {
    kAccount, kWebhook, {"--secret", "At least 16 bytes; one is drawn when left out"}};
constexpr ArgumentSpec kDeliveries[] = {
    kAccount,
    {"--webhook", "Those of one webhook, by id"},
    {"--state", "waiting, parked, done or dead", false, Kind::kText, kStates},
    {"--before", "Event position before which to begin", false, Kind::kNumber},
    {"--limit", "How many at most; 100 when left out", false, Kind::kNumber},
};
constexpr ArgumentSpec kReplay[] = {
    kAccount,
    kWebhook,
    {"FROM", "Event position of the first", true, Kind::kNumber},
    {"TO", "Event position of the last; the same when left out", false, Kind::kNumber},
    {"--also-done", "Those too that were answered well", false, Kind::kFlag},
};
constexpr ArgumentSpec kBackup[] = {
    {"FOLDER", "Where it goes; a folder with an older backup is brought up to date", true},
    {"--without-key", "Leave out the key that seals secrets", false, Kind::kFlag},
};
constexpr ArgumentSpec kRestore[] = {{"BACKUP", "Folder of the backup", true}};
constexpr ArgumentSpec kDocs[] = {{"FOLDER", "Top folder of the sources", true}};

constexpr Needs kServer = Needs::kServer;
constexpr Needs kFolder = Needs::kFolder;

constexpr Command kCommands[] = {
    {"check",
     "Verify options and data folder without starting; of a running server, its Cloud API "
     "channels, "
     "too",
     kFolder,
     {},
     &Check},
    {"account list", "List accounts", kServer, {}, &ListAccounts},
    {"account create", "Create an account", kServer, kNewAccount, &CreateAccount},
    {"account show", "Show an account", kServer, kOneAccount, &ShowAccount},
    {"account set", "Change an account", kServer, kSetAccount, &SetAccount},
    {"key list", "List an account's keys", kServer, kOneAccount, &ListKeys},
    {"key create", "Create a key of an account", kServer, kNewKey, &CreateKey},
    {"key renew", "Replace a key; the old one stops working at once", kServer, kOneKey, &RenewKey},
    {"key revoke", "End a key", kServer, kOneKey, &RevokeKey},
    {"channel list", "List an account's channels", kServer, kOneAccount, &ListChannels},
    {"channel create", "Create a channel", kServer, kNewChannel, &CreateChannel},
    {"channel show", "Show a channel", kServer, kOneChannel, &ShowChannel},
    {"channel pair", "Pair a channel with a phone, by QR code or by number", kServer, kPair,
     &PairChannel},
    {"channel check",
     "Ask Meta, and the webhook's public address, what is wrong with a Cloud API channel", kServer,
     kOneChannel, &CheckChannel},
    {"channel connect", "Connect a channel", kServer, kOneChannel, &ConnectChannel},
    {"channel disconnect", "Disconnect a channel until it is connected again", kServer, kOneChannel,
     &DisconnectChannel},
    {"channel delete", "Delete a channel", kServer, kDelete, &DeleteChannel},
    {"channel key", "Create a key that sees one channel only", kServer, kChannelKey,
     &CreateChannelKey},
    {"webhook list", "List an account's webhooks", kServer, kOneAccount, &ListWebhooks},
    {"webhook enable", "Switch on a webhook that was disabled", kServer, kOneWebhook,
     &EnableWebhook},
    {"webhook secret", "Set the secret that a webhook's posts are signed with, and show it",
     kServer, kSecret, &SetWebhookSecret},
    {"events", "Show the event log", kServer, kEvents, &ShowEvents},
    {"deliveries list", "List what webhooks are owed, newest first", kServer, kDeliveries,
     &ListDeliveries},
    {"deliveries replay", "Deliver events again", kServer, kReplay, &ReplayDeliveries},
    {"backup", "Back up the data folder, also of a running server", kFolder, kBackup, &Backup},
    {"restore", "Restore a backup into an empty data folder", kFolder, kRestore, &Restore},
    {"migrate", "Bring the database to this version's schema", kFolder, {}, &Migrate},
    {"docs", "Write the documents that are made from tables", Needs::kNothing, kDocs, &WriteDocs,
     true},
    {"version", "Show the version", Needs::kNothing, {}, &ShowVersion},
};

constexpr CommandGroup kGroups[] = {
    {"account", "Accounts: the tenants of the gateway"}, {"key", "Keys of accounts"},
    {"channel", "Channels: WhatsApp numbers"},           {"webhook", "Webhook subscriptions"},
    {"deliveries", "What is delivered to webhooks"},
};

}  // namespace

std::span<const Command> Commands() { return kCommands; }
std::span<const CommandGroup> CommandGroups() { return kGroups; }

}  // namespace parley::cli
