#include "tests/support/scenario.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <regex>
#include <sstream>
#include <vector>

#include "base/digest.h"
#include "base/encoding.h"
#include "base/files.h"
#include "core/event_store.h"
#include "http/forms.h"
#include "tests/support/matching.h"
#include "tests/support/virtual_world.h"

namespace parley::testing {
namespace {

namespace json = base::json;

// What the gateway believes to be reached by (virtual_world.cc).
constexpr std::string_view kPublicUrl = "http://gateway.test";

constexpr std::string_view kLinks = "links";

struct Line {
  int number = 0;
  std::string word;  // given, when or expect
  std::string text;
};

// Joins continuation lines, drops comments, and turns `and` into the word before it.
std::vector<Line> LinesOf(const std::string& text) {
  std::vector<Line> lines;
  std::istringstream in(text);
  std::string raw, last_word;
  for (int number = 1; std::getline(in, raw); ++number) {
    const std::size_t start = raw.find_first_not_of(" \t");
    if (start == std::string::npos || raw[start] == '#') continue;
    if (start > 0 && !lines.empty()) {
      lines.back().text += " " + raw.substr(start);
      continue;
    }
    const std::size_t end = raw.find_first_of(" \t");
    std::string word = raw.substr(0, end);
    if (word == "and") word = last_word;
    last_word = word;
    const std::size_t rest = raw.find_first_not_of(" \t", end);
    lines.push_back({number, word, rest == std::string::npos ? "" : raw.substr(rest)});
  }
  return lines;
}

class Player {
 public:
  Player(std::uint64_t seed, core::LinkKind link) : world_(seed, link) {}

  ScenarioResult Play(const std::string& text);

 private:
  using Match = std::smatch;
  // A step answers with what went wrong, or nothing.
  using Step = std::string (Player::*)(const Match&);
  struct Row {
    const char* word;
    const char* pattern;
    Step step;
  };
  static const std::vector<Row>& Steps();

  std::string GivenChannel(const Match& match);
  std::string GivenReceiver(const Match& match);
  std::string GivenAccount(const Match& match);
  std::string GivenHistory(const Match& match);
  std::string GivenSecret(const Match& match);
  std::string GivenPerson(const Match& match);
  std::string GivenRetention(const Match& match);
  std::string GivenTranscription(const Match& match);
  std::string GivenRecogniser(const Match& match);
  std::string GivenEndpoint(const Match& match);
  std::string GivenFile(const Match& match);
  std::string GivenRealFile(const Match& match);
  std::string GivenFaultyFile(const Match& match);
  std::string GivenCare(const Match& match);
  std::string WhenCall(const Match& match);
  std::string WhenSimCall(const Match& match);
  std::string WhenSimFails(const Match& match);
  std::string WhenTimePasses(const Match& match);
  std::string WhenReceiver(const Match& match);
  std::string WhenStore(const Match& match);
  std::string WhenCrash(const Match& match);
  std::string ExpectStatus(const Match& match);
  std::string ExpectSameAnswer(const Match& match);
  std::string ExpectHeader(const Match& match);
  std::string ExpectWebhook(const Match& match);
  std::string ExpectSameWebhook(const Match& match);
  std::string ExpectDeliveries(const Match& match);
  std::string ExpectEvent(const Match& match);
  std::string ExpectNoWebhook(const Match& match);
  std::string ExpectInbox(const Match& match);
  std::string ExpectEndpointCall(const Match& match);

  void BindCloud(const std::string& name);
  std::string Subscribe(const std::string& receiver, const std::string& dialect,
                        const std::string& names);
  base::Result<Post> NextPost(const std::string& url);
  void Authorise(const std::string& dialect, http::Request& request);
  void Record(const std::string& line) { transcript_ += line + "\n"; }
  void RecordBody(std::string_view body);
  void CollectPosts();
  std::string CheckSignatures(const Post& post) const;

  VirtualWorld world_;
  Bindings bindings_;
  std::map<std::string, VirtualWorld::ChannelKeys> channels_;
  std::string current_;  // the channel that calls are made for
  http::Response response_, previous_response_;
  std::map<std::string, std::string> secrets_;  // of receivers, by URL
  std::string signature_fault_;
  std::optional<Post> expected_post_;  // the last one
  std::size_t seen_posts_ = 0;         // of those recorded in the transcript
  std::vector<Post> pending_;          // not yet expected
  std::string transcript_;
  int next_number_ = 1;
};

// From the gateway to a receiver (virtual_internet.cc).
constexpr base::Duration kOneWay = std::chrono::milliseconds(3);

// \xNN stands for a byte, and {N bytes} for so many.
std::string Unescape(const std::string& text) {
  static const std::regex kMark(R"(\\x([0-9a-fA-F]{2})|\{(\d+) bytes\})");
  std::string bytes;
  std::size_t copied = 0;
  for (std::sregex_iterator mark(text.begin(), text.end(), kMark), end; mark != end; ++mark) {
    const auto at = static_cast<std::size_t>(mark->position());
    bytes += text.substr(copied, at - copied);
    if ((*mark)[2].matched)
      bytes.append(std::stoul((*mark)[2]), 'a');
    else
      bytes += *base::FromHexText((*mark)[1].str());
    copied = at + static_cast<std::size_t>(mark->length());
  }
  return bytes + text.substr(copied);
}

// A receiver's URL is named after its channel, or has a name of its own.
std::string HookUrl(const std::string& channel) { return "https://hooks.test/" + channel; }

const std::vector<Player::Row>& Player::Steps() {
  static const std::vector<Row> kSteps = {
      {"given",
       R"(channel (\w+)(?: of (\w+)'s account)?(?: number (\+\d+))?(?: on (phone|business))?(?:, subscribed by (\w+)(?: to ([\w., -]+))?)?)",
       &Player::GivenChannel},
      {"given", R"(receiver (\w+), subscribed by (\w+)(?: to ([\w., -]+))?)",
       &Player::GivenReceiver},
      {"given",
       R"((\w+)'s account (?:(is on trial)|(has expired)|is (blocked)(?: because (.*))?|may make (\d+) requests a minute(?:, (\d+) at once)?))",
       &Player::GivenAccount},
      {"given", R"((\w+)'s history is kept)", &Player::GivenHistory},
      {"given", R"((https://\S+) knows (\S+))", &Player::GivenSecret},
      {"given", R"(person (\w+) (\+\d+))", &Player::GivenPerson},
      {"given", R"(the gateway keeps ((?:messages|events|media) for \d+[hd](?:, )?)+)",
       &Player::GivenRetention},
      {"given",
       R"re((\w+)'s account transcribes by (off|embedded|endpoint (\S+))(?: in (\S+))?(?: with model (\S+))?(?: and key (\S+))?)re",
       &Player::GivenTranscription},
      {"given",
       R"re(the recogniser (?:hears "(.*)"|finds (\w+)|is (unavailable))(?: after (\d+(?:ms|s|m|h)))?)re",
       &Player::GivenRecogniser},
      {"given",
       R"re(endpoint (\S+) (?:answers (\d+)(?: with Retry-After (\d+))?(?: (.*))?|never answers))re",
       &Player::GivenEndpoint},
      {"given", R"(file (\S+) of type (\S+) holding ?(.*))", &Player::GivenFile},
      {"given", R"(file (\S+) of type (\S+) from (\S+))", &Player::GivenRealFile},
      {"given", R"(media care)", &Player::GivenCare},
      {"given", R"(file (\S+) (?:answers (\d+)|never answers))", &Player::GivenFaultyFile},
      {"when",
       R"re((?:(\w+)'s )?(wapio|pat|2chat|1msg|admin|nobody) (GET|HEAD|POST|PUT|PATCH|DELETE) (\S+)(?: with ([\w-]+: (?:"[^"]*"|\S+?)(?:, [\w-]+: (?:"[^"]*"|\S+?))*))?(?: (.*))?)re",
       &Player::WhenCall},
      {"when", R"(sim (GET|POST|PUT|PATCH|DELETE) (\S+)(?: (.*))?)", &Player::WhenSimCall},
      {"when", R"(sim fails (\S+) with \"(.*)\")", &Player::WhenSimFails},
      {"when", R"((\d+(?:ms|s|m|h|d)) passes?)", &Player::WhenTimePasses},
      {"when",
       R"((?:(\w+)'s )?receiver (?:answers (\d+)|is silent)(?: (\d+) times?)?(?: with Retry-After (\d+))?)",
       &Player::WhenReceiver},
      {"when", R"(the store (?:(is full)(?: after (\d+) writes?)?|(fails)|works again))",
       &Player::WhenStore},
      {"when", R"(the gateway crashes)", &Player::WhenCrash},
      {"expect", R"(header ([\w-]+) (.*))", &Player::ExpectHeader},
      {"expect", R"((\d\d\d)(?: (.*))?)", &Player::ExpectStatus},
      {"expect", R"(the same answer)", &Player::ExpectSameAnswer},
      {"expect", R"(the same webhook(?: at (\w+))?)", &Player::ExpectSameWebhook},
      {"expect", R"(webhook (?:at (\w+) )?(\S+)(?: (.*))?)", &Player::ExpectWebhook},
      {"expect", R"(deliveries (.*))", &Player::ExpectDeliveries},
      {"expect", R"(event (\S+) (.*))", &Player::ExpectEvent},
      {"expect", R"(no (?:more )?webhooks?)", &Player::ExpectNoWebhook},
      {"expect", R"((\d+) calls? of (\S+)(?:, the last with (.*))?)", &Player::ExpectEndpointCall},
      {"expect", R"(inbox of (\+\d+) (.*))", &Player::ExpectInbox},
  };
  return kSteps;
}

ScenarioResult Player::Play(const std::string& text) {
  for (const Line& line : LinesOf(text)) {
    if (line.word == kLinks &&
        (line.text == "both" || line.text == "native" || line.text == "cloud"))
      continue;
    std::string failure = "no step reads like this";
    for (const Row& row : Steps()) {
      Match match;
      if (line.word != row.word) continue;
      if (!std::regex_match(line.text, match, std::regex(row.pattern))) continue;
      failure = (this->*row.step)(match);
      if (failure.empty()) failure = signature_fault_;
      break;
    }
    if (!failure.empty())
      return {fmt::format("line {}: {} {}\n  {}", line.number, line.word, line.text, failure),
              transcript_};
  }
  CollectPosts();
  return {signature_fault_, transcript_};
}

// ---------------------------------------------------------------------------------------- given

std::string Player::GivenChannel(const Match& match) {
  const std::string name = match[1];
  std::optional<core::Account> account;
  if (match[2].matched) account = channels_[match[2]].account;
  const std::string number =
      match[3].matched ? match[3].str() : fmt::format("+1555020{}", next_number_++);
  channels_[name] = world_.MakeChannel(name, number.substr(1),
                                       match[4].matched ? match[4].str() : "phone", account);
  current_ = name;
  bindings_.Set(name + ".number", number);
  bindings_.Set(name + ".code", channels_[name].channel.code);
  bindings_.Set(name + ".token", channels_[name].onemsg_token);
  bindings_.Set(name + ".key", channels_[name].wapio_key);
  bindings_.Set(name + ".session", "bps_sess_ws_" + channels_[name].channel.id.value.ToHex());
  bindings_.Set(name + ".channel", channels_[name].channel.id.value.ToText());
  if (world_.graph() != nullptr) BindCloud(name);
  if (!match[5].matched) return "";
  return Subscribe(name, match[5], match[6]);
}

// What its owner knows of the number at Meta, and enters there.
void Player::BindCloud(const std::string& name) {
  const VirtualWorld::ChannelKeys& keys = channels_[name];
  const auto known =
      world_.Await(world_.core().channels.GetCloud(keys.account.row, keys.channel.row));
  if (!known || !*known) return;
  bindings_.Set(name + ".node", (*known)->phone_number_id);
  bindings_.Set(name + ".business", (*known)->business_account_id);
  bindings_.Set(name + ".access_token", (*known)->access_token);
  bindings_.Set(name + ".app_secret", (*known)->app_secret);
  bindings_.Set(name + ".verify_token", (*known)->verify_token);
  bindings_.Set(name + ".account", keys.account.id.value.ToText());
}

std::string Player::GivenReceiver(const Match& match) {
  return Subscribe(match[1], match[2], match[3]);
}

std::string Player::GivenAccount(const Match& match) {
  core::Account& account = channels_[match[1]].account;
  account.on_trial = account.on_trial || match[2].matched;
  if (match[3].matched) account.expires_at = world_.scheduler().Now();
  account.blocked = account.blocked || match[4].matched;
  account.block_reason = match[5];
  if (match[6].matched) account.requests_per_minute = std::stoi(match[6]);
  if (match[7].matched) account.burst = std::stoi(match[7]);
  const auto updated = world_.Await(world_.core().accounts.Update(account));
  return updated ? "" : std::string(updated.error().public_text());
}

std::string Player::GivenHistory(const Match& match) {
  VirtualWorld::ChannelKeys& keys = channels_[match[1]];
  core::ChannelChange change;
  change.settings = [](core::ChannelSettings& settings) { settings.history_enabled = true; };
  const auto changed = world_.Await(
      world_.core().channels.Change(keys.account.row, keys.channel.row, std::move(change)));
  return changed ? "" : std::string(changed.error().public_text());
}

std::string Player::GivenPerson(const Match& match) {
  sim::network::Person person;
  person.push_name = match[1];
  person.number = match[2].str().substr(1);
  const auto added = world_.network().AddPerson(person);
  return added ? "" : std::string(added.error().public_text());
}

std::string Player::GivenRetention(const Match& match) {
  core::RetentionOptions keep;
  const std::string text = match[0];
  const std::regex part(R"((messages|events|media) for (\d+[hd]))");
  for (std::sregex_iterator it(text.begin(), text.end(), part), end; it != end; ++it) {
    const std::string what = (*it)[1];
    (what == "messages" ? keep.messages
     : what == "events" ? keep.events
                        : keep.media) = *base::ParseDuration((*it)[2].str());
  }
  world_.SetRetention(keep);
  return "";
}

std::string Player::GivenTranscription(const Match& match) {
  core::AccountChange change;
  change.settings = [&match](core::AccountSettings& settings) {
    const std::string engine = match[2].str().substr(0, match[2].str().find(' '));
    ParseName(engine, settings.transcription);
    settings.transcription_url = match[3];
    settings.transcription_language = match[4];
    settings.transcription_model = match[5];
  };
  if (match[6].matched) change.transcription_key = match[6];
  core::Account& account = channels_[match[1]].account;
  const auto changed = world_.Await(world_.core().accounts.Change(account.id, std::move(change)));
  if (!changed) return std::string(changed.error().public_text());
  account = *changed;
  return "";
}

std::string Player::GivenRecogniser(const Match& match) {
  core::Hearing hearing;
  hearing.text = match[1];
  if (match[2].matched || match[3].matched) {
    core::TranscriptionFault fault = core::TranscriptionFault::kUnavailable;
    if (match[2].matched && !ParseName(match[2].str(), fault)) return "no such fault";
    hearing = core::Hearing::Fault(fault);
  }
  world_.recogniser().SetHearing(hearing,
                                 *base::ParseDuration(match[4].matched ? match[4].str() : "1s"));
  return "";
}

std::string Player::GivenEndpoint(const Match& match) {
  EndpointBehaviour behaviour;
  behaviour.status = match[2].matched ? std::stoi(match[2]) : 0;
  behaviour.retry_after = match[3];
  behaviour.body = match[4];
  world_.internet().SetEndpoint(match[1], std::move(behaviour));
  return "";
}

std::string Player::GivenFaultyFile(const Match& match) {
  world_.internet().FailFile(match[1], match[2].matched ? std::stoi(match[2]) : 0);
  return "";
}

std::string Player::GivenSecret(const Match& match) {
  secrets_[match[1]] = bindings_.Fill(match[2]);
  return "";
}

std::string Player::GivenFile(const Match& match) {
  world_.internet().PutFile(match[1], match[2], Unescape(match[3]));
  return "";
}

std::string Player::GivenRealFile(const Match& match) {
  auto bytes = base::ReadFile("tests/vectors/media/" + match[3].str());
  if (!bytes) return std::string(bytes.error().public_text());
  world_.internet().PutFile(match[1], match[2], std::move(*bytes));
  return "";
}

std::string Player::GivenCare(const Match&) {
  world_.SwitchCareOn();
  return "";
}

std::string Player::Subscribe(const std::string& receiver, const std::string& dialect,
                              const std::string& names) {
  const VirtualWorld::ChannelKeys& keys = channels_[current_];
  core::NewSubscription wanted;
  wanted.url = HookUrl(receiver);
  wanted.secret = secrets_[wanted.url] = "a-secret-of-" + receiver;
  std::istringstream in(names);
  for (std::string name; std::getline(in, name, ',');)
    wanted.events.push_back(name.substr(name.find_first_not_of(' ')));
  core::Dialect of = core::Dialect::kAdmin;
  if (!ParseName(dialect, of)) return "no dialect " + dialect;
  auto done = world_.Await(
      world_.core().webhooks.Subscribe(keys.account.row, keys.channel.row, of, std::move(wanted)));
  world_.Pass(base::Duration(1));
  return done ? "" : std::string(done.error().public_text());
}

// ----------------------------------------------------------------------------------------- when

void Player::Authorise(const std::string& dialect, http::Request& request) {
  const VirtualWorld::ChannelKeys& keys = channels_[current_];
  if (dialect == "wapio") request.headers.Set("Authorization", "Bearer " + keys.wapio_key);
  if (dialect == "pat") request.headers.Set("Authorization", "Bearer " + keys.wapio_token);
  if (dialect == "2chat") request.headers.Set("X-User-API-Key", keys.twochat_key);
  if (dialect == "admin")
    request.headers.Set("Authorization", std::string("Bearer ") + VirtualWorld::kAdminToken);
  if (dialect == "1msg")
    request.target +=
        (request.target.find('?') == std::string::npos ? "?token=" : "&token=") + keys.onemsg_token;
}

std::string Player::WhenCall(const Match& match) {
  if (match[1].matched) current_ = match[1];
  http::Request request;
  ParseName(match[3].str(), request.method);
  request.target = bindings_.Fill(match[4]);
  if (request.target.starts_with(kPublicUrl)) request.target.erase(0, kPublicUrl.size());
  const std::string shown = fmt::format("{} {} {}", match[2].str(), match[3].str(), request.target);
  Authorise(match[2], request);
  static const std::regex kHeader(R"re(([\w-]+): (?:"([^"]*)"|([^\s,]+)))re");
  const std::string headers = bindings_.Fill(match[5]);
  for (std::sregex_iterator header(headers.begin(), headers.end(), kHeader), end; header != end;
       ++header)
    request.headers.Set((*header)[1], (*header)[2].matched ? (*header)[2] : (*header)[3]);
  const std::string body = bindings_.Fill(match[6]);
  request.body = Unescape(body);
  if (!request.body.empty() && !request.headers.Has("Content-Type"))
    request.headers.Set("Content-Type", "application/json");
  Record("> " + shown);
  if (!body.empty()) RecordBody(body);
  previous_response_ = std::move(response_);
  response_ = world_.Call(std::move(request));
  Record(fmt::format("< {}", response_.status));
  for (const auto& [name, value] : response_.headers.fields())
    if (name != "X-Request-Id") Record(fmt::format("< {}: {}", name, value));
  RecordBody(response_.text());
  return "";
}

std::string Player::WhenSimCall(const Match& match) {
  http::Request request;
  ParseName(match[1].str(), request.method);
  request.target = bindings_.Fill(match[2]);
  request.body = bindings_.Fill(match[3]);
  request.headers.Set("Content-Type", "application/json");
  response_ = world_.CallSim(std::move(request));
  world_.Pass(std::chrono::seconds(1));
  if (response_.status < 300) return "";
  return fmt::format("the simulated network answered {} {}", response_.status, response_.text());
}

// Whatever a dialect makes of a message's id, its 32 hex digits are the network's.
std::string NetworkIdOf(std::string id) {
  if (id.starts_with("wamid."))
    id = base::ToHexText(base::FromBase64(id.substr(6)).value_or("").substr(0, 16));
  std::string hex;
  for (std::size_t i = id.size(); i-- > 0 && hex.size() < 32;)
    if (id[i] != '-') hex.insert(hex.begin(), static_cast<char>(std::toupper(id[i])));
  return hex;
}

std::string Player::WhenSimFails(const Match& match) {
  world_.Pass(std::chrono::seconds(1));
  const auto failed =
      world_.network().FailMessage(NetworkIdOf(bindings_.Fill(match[1])), "failed", match[2]);
  world_.Pass(std::chrono::seconds(1));
  return failed ? "" : std::string(failed.error().public_text());
}

std::string Player::WhenTimePasses(const Match& match) {
  world_.Pass(*base::ParseDuration(match[1].str()));
  return "";
}

std::string Player::WhenReceiver(const Match& match) {
  Behaviour behaviour;
  behaviour.status = match[2].matched ? std::stoi(match[2]) : 0;
  behaviour.times = match[3].matched ? std::stoi(match[3]) : 0;
  behaviour.retry_after = match[4];
  world_.internet().SetBehaviour(HookUrl(match[1].matched ? match[1].str() : current_), behaviour);
  return "";
}

std::string Player::WhenStore(const Match& match) {
  const StoreMood mood = match[1].matched   ? StoreMood::kFull
                         : match[3].matched ? StoreMood::kFailing
                                            : StoreMood::kFine;
  world_.moody_store().SetMood(mood, match[2].matched ? std::stoi(match[2]) : 0);
  return "";
}

std::string Player::WhenCrash(const Match&) {
  Record("! the gateway crashes");
  world_.Crash();
  return "";
}

// --------------------------------------------------------------------------------------- expect

void Player::RecordBody(std::string_view body) {
  if (body.empty()) return;
  const bool is_text = base::IsUtf8(body) && body.find('\0') == std::string_view::npos;
  Record(is_text ? std::string(body) : fmt::format("({} bytes)", body.size()));
}

void Player::CollectPosts() {
  const std::vector<Post>& posts = world_.internet().posts();
  for (; seen_posts_ < posts.size(); ++seen_posts_) {
    const Post& post = posts[seen_posts_];
    pending_.push_back(post);
    if (signature_fault_.empty()) signature_fault_ = CheckSignatures(post);
    Record(fmt::format("~ {} POST {} -> {}",
                       base::FormatTime(post.at, base::TimeStyle::kIsoMillisZ), post.url,
                       post.answered));
    for (const auto& [name, value] : post.headers.fields())
      Record(fmt::format("~ {}: {}", name, value));
    RecordBody(post.body);
  }
}

std::string Player::ExpectStatus(const Match& match) {
  if (response_.status != std::stoi(match[1]))
    return fmt::format("the answer is {} {}", response_.status, response_.text());
  if (!match[2].matched || match[2].length() == 0) return "";
  auto expected = base::ParseJson(match[2].str());
  if (!expected) {
    // Not JSON: the body as it stands.
    if (response_.text() == Unescape(bindings_.Fill(match[2]))) return "";
    return "the body is " + std::string(response_.text());
  }
  auto actual = base::ParseJson(response_.text());
  if (!actual) return fmt::format("the answer is not JSON: {}", response_.text());
  return Difference(*expected, *actual, bindings_);
}

std::string Player::ExpectHeader(const Match& match) {
  const json::string expected(match[2].str());
  const json::string actual(base::JsonView(response_.headers.Get(match[1].str())));
  return Difference(expected, actual, bindings_, match[1]);
}

std::string Player::ExpectSameAnswer(const Match&) {
  if (response_.status == previous_response_.status &&
      response_.text() == previous_response_.text())
    return "";
  return fmt::format("the answers are {} {}\n  and {} {}", previous_response_.status,
                     previous_response_.text(), response_.status, response_.text());
}

// Recomputed here from the documents, not with the code that signed: Standard Webhooks 1.0 and
// Wapio's own scheme.
std::string Player::CheckSignatures(const Post& post) const {
  const auto hmac = [](std::string_view key, const std::string& text) {
    return std::string(base::AsText(base::HmacSha256(key, text)));
  };
  const std::string id(post.headers.Get("webhook-id")), at(post.headers.Get("webhook-timestamp"));
  if (id.empty() || at != std::to_string(base::ToUnixSeconds(post.at - kOneWay)))
    return fmt::format("a webhook has no id or the wrong timestamp: '{}' '{}'", id, at);
  const auto secret = secrets_.find(post.url);
  if (secret == secrets_.end()) return "";
  std::string key = secret->second;
  if (key.starts_with("whsec_")) key = base::FromBase64(key.substr(6)).value_or("");
  if (post.headers.Get("webhook-signature") !=
      "v1," + base::ToBase64(hmac(key, id + "." + at + "." + post.body)))
    return "a webhook has a wrong webhook-signature";
  if (post.headers.Has("X-Webhook-Event") &&
      post.headers.Get("X-Webhook-Signature") !=
          "t=" + at + ",v1=" + base::ToHexText(hmac(secret->second, at + "." + post.body)))
    return "a webhook has a wrong X-Webhook-Signature";
  return "";
}

// The first post, to that URL if one is given, that is not expected yet; it may still be to come
// within some seconds.
base::Result<Post> Player::NextPost(const std::string& url) {
  for (int i = 0; i < 50; ++i) {
    CollectPosts();
    const auto post = std::find_if(pending_.begin(), pending_.end(),
                                   [&](const Post& one) { return url.empty() || one.url == url; });
    if (post != pending_.end()) {
      expected_post_ = *post;
      pending_.erase(post);
      return *expected_post_;
    }
    world_.Pass(std::chrono::milliseconds(100));
  }
  return base::Error(base::ErrorCode::kNotFound, "no webhook came");
}

// The same delivery once more: nothing but the signature, which holds the time, may differ.
std::string Player::ExpectSameWebhook(const Match& match) {
  if (!expected_post_) return "no webhook was expected before";
  const Post before = *expected_post_;
  const auto post = NextPost(match[1].matched ? HookUrl(match[1]) : "");
  if (!post) return post.error().text;
  if (post->url == before.url && post->body == before.body &&
      post->headers.Get("webhook-id") == before.headers.Get("webhook-id"))
    return "";
  return "another webhook came: " + post->body;
}

std::string Player::ExpectWebhook(const Match& match) {
  const auto next = NextPost(match[1].matched ? HookUrl(match[1]) : "");
  if (!next) return next.error().text;
  const Post& post = *next;
  auto actual = base::ParseJson(post.body);
  if (!actual) return "the webhook is not JSON: " + post.body;
  const std::string name = match[2];
  const json::object& body = actual->as_object();
  std::string got = std::string(base::FindText(body, "event"));
  if (got.empty() && body.contains("messages")) got = "messages";
  if (got.empty() && body.contains("ack")) got = "ack";
  if (name != "any" && got != name) return fmt::format("the webhook is {} {}", got, post.body);
  if (!match[3].matched || match[3].length() == 0) return "";
  auto expected = base::ParseJson(match[3].str());
  if (!expected) return "the expectation is not JSON: " + expected.error().text;
  std::string difference = Difference(*expected, *actual, bindings_);
  return difference.empty() ? "" : difference + "\n  in " + post.body;
}

std::string Player::ExpectNoWebhook(const Match&) {
  world_.Pass(std::chrono::seconds(3));
  CollectPosts();
  if (pending_.empty()) return "";
  return "a webhook came: " + pending_.front().body;
}

// The delivery rows of the current account, oldest event first.
std::string Player::ExpectDeliveries(const Match& match) {
  auto rows = world_.Await(world_.core().webhooks.Deliveries(channels_[current_].account.row, {}));
  if (!rows) return std::string(rows.error().public_text());
  json::array actual;
  for (std::size_t i = rows->size(); i-- > 0;) {
    const core::Delivery& row = (*rows)[i];
    json::object item;
    item["name"] = base::JsonView(row.name);
    item["state"] = base::JsonView(NameOf(row.state));
    item["attempts"] = row.attempts;
    item["last_status"] = row.last_status;
    actual.push_back(std::move(item));
  }
  auto expected = base::ParseJson(match[1].str());
  if (!expected) return "the expectation is not JSON: " + expected.error().text;
  return Difference(*expected, actual, bindings_, "deliveries");
}

// The newest event of that name.
std::string Player::ExpectEvent(const Match& match) {
  auto read = [](const core::Transaction& tx) {
    return tx.events().After(core::EventPosition(), 100000);
  };
  auto events = world_.Await(world_.store().Read(read));
  if (!events) return std::string(events.error().public_text());
  for (std::size_t i = events->size(); i-- > 0;) {
    const core::EventBody& body = (*events)[i].body;
    if (NameOf(body) != match[1].str()) continue;
    auto expected = base::ParseJson(match[2].str());
    if (!expected) return "the expectation is not JSON: " + expected.error().text;
    return Difference(*expected, *base::ParseJson(core::EncodeEventBody(body)), bindings_, "event");
  }
  return "there is no such event";
}

std::string Player::ExpectInbox(const Match& match) {
  world_.Pass(std::chrono::seconds(1));
  http::Request request;
  request.target = "/people/" + match[1].str() + "/inbox";
  const http::Response inbox = world_.CallSim(std::move(request));
  auto expected = base::ParseJson(match[2].str());
  auto actual = base::ParseJson(inbox.text());
  if (!expected || !actual) return "not JSON: " + std::string(inbox.text());
  const json::value* messages = base::Find(actual->as_object(), "messages");
  return Difference(*expected, *messages, bindings_, "inbox");
}

// How often a server that transcribes was asked by now, and the fields of the last form with the
// caller's key.
std::string Player::ExpectEndpointCall(const Match& match) {
  std::vector<const Post*> calls;
  for (const Post& call : world_.internet().endpoint_calls())
    if (call.url == match[2].str()) calls.push_back(&call);
  if (calls.size() != std::stoul(match[1])) return fmt::format("there were {}", calls.size());
  if (!match[3].matched) return "";
  const Post& last = *calls.back();
  const auto parts = http::ParseMultipart(last.body, last.headers.Get("Content-Type"));
  if (!parts) return std::string(parts.error().public_text());
  json::object actual;
  actual["authorization"] = base::JsonView(last.headers.Get("Authorization"));
  for (const http::FormPart& part : *parts) {
    const std::string shown = part.is_file ? fmt::format("{} {} {} bytes", part.file_name,
                                                         part.content_type, part.data.size())
                                           : std::string(part.data);
    actual[base::JsonView(part.name)] = base::JsonView(shown);
  }
  auto expected = base::ParseJson(match[3].str());
  if (!expected) return "the expectation is not JSON: " + expected.error().text;
  return Difference(*expected, actual, bindings_, "form");
}

}  // namespace

ScenarioResult RunScenario(const std::string& text, std::uint64_t seed, core::LinkKind link) {
  Player player(seed, link);
  return player.Play(text);
}

ScenarioLinks LinksOf(const std::string& text) {
  for (const Line& line : LinesOf(text))
    if (line.word == kLinks)
      return line.text == "both"    ? ScenarioLinks::kBoth
             : line.text == "cloud" ? ScenarioLinks::kCloud
                                    : ScenarioLinks::kNative;
  return ScenarioLinks::kDirect;
}

std::string WithoutChance(const std::string& transcript) {
  // Times, of which the wire knows whole seconds; then what looks random: Base64 and hex with a
  // digit in it, digits of a LID, a channel's code.
  static const std::regex kChance(
      R"((\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?Z?|\b18000\d{5}(?:\d{3}|\.\d+)?\b))"
      R"(|\bwamid\.[A-Za-z0-9_-]{22}|(?=[A-Za-z+/_-]*\d)[A-Za-z0-9+/_-]{20,}=*)"
      R"(|\b[0-9a-f]{12}\b|\d{14,}|PLY\d+)");
  std::map<std::string, std::size_t> known;
  std::string out;
  std::size_t copied = 0;
  for (std::sregex_iterator it(transcript.begin(), transcript.end(), kChance), end; it != end;
       ++it) {
    const auto at = static_cast<std::size_t>(it->position());
    out += transcript.substr(copied, at - copied);
    copied = at + static_cast<std::size_t>(it->length());
    out += (*it)[1].matched
               ? "<time>"
               : fmt::format("<{}>", known.emplace(it->str(), known.size()).first->second);
  }
  return out + transcript.substr(copied);
}

}  // namespace parley::testing
