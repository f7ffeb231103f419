#include "tests/support/scenario.h"

#include <fmt/format.h>

#include <functional>
#include <regex>
#include <sstream>
#include <vector>

#include "base/encoding.h"
#include "tests/support/matching.h"
#include "tests/support/virtual_world.h"

namespace parley::testing {
namespace {

namespace json = base::json;

// What the gateway believes to be reached by (virtual_world.cc).
constexpr std::string_view kPublicUrl = "http://gateway.test";

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
  explicit Player(std::uint64_t seed) : world_(seed) {}

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
  std::string GivenPerson(const Match& match);
  std::string GivenFile(const Match& match);
  std::string GivenFaultyFile(const Match& match);
  std::string WhenCall(const Match& match);
  std::string WhenSimCall(const Match& match);
  std::string WhenSimFails(const Match& match);
  std::string WhenTimePasses(const Match& match);
  std::string WhenReceiver(const Match& match);
  std::string WhenCrash(const Match& match);
  std::string ExpectStatus(const Match& match);
  std::string ExpectHeader(const Match& match);
  std::string ExpectWebhook(const Match& match);
  std::string ExpectNoWebhook(const Match& match);
  std::string ExpectInbox(const Match& match);

  std::string Subscribe(const std::string& dialect, const std::string& names);
  void Authorise(const std::string& dialect, http::Request& request);
  void Record(const std::string& line) { transcript_ += line + "\n"; }
  void RecordBody(std::string_view body);
  void CollectPosts();

  VirtualWorld world_;
  Bindings bindings_;
  std::map<std::string, VirtualWorld::ChannelKeys> channels_;
  std::string current_;  // the channel that calls are made for
  http::Response response_;
  std::size_t seen_posts_ = 0;      // of those recorded in the transcript
  std::vector<Post> pending_;       // not yet expected
  std::string transcript_;
  int next_number_ = 1;
};

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

// A receiver's URL is named after its channel.
std::string HookUrl(const std::string& channel) { return "https://hooks.test/" + channel; }

const std::vector<Player::Row>& Player::Steps() {
  static const std::vector<Row> kSteps = {
      {"given",
       R"(channel (\w+)(?: number (\+\d+))?(?: on (phone|business))?(?:, subscribed by (\w+)(?: to ([\w., -]+))?)?)",
       &Player::GivenChannel},
      {"given", R"(person (\w+) (\+\d+))", &Player::GivenPerson},
      {"given", R"(file (\S+) of type (\S+) holding (.*))", &Player::GivenFile},
      {"given", R"(file (\S+) (?:answers (\d+)|never answers))", &Player::GivenFaultyFile},
      {"when",
       R"re((?:(\w+)'s )?(wapio|2chat|1msg|admin|nobody) (GET|HEAD|POST|PUT|PATCH|DELETE) (\S+)(?: with ([\w-]+: (?:"[^"]*"|\S+?)(?:, [\w-]+: (?:"[^"]*"|\S+?))*))?(?: (.*))?)re",
       &Player::WhenCall},
      {"when", R"(sim (GET|POST|PUT|PATCH|DELETE) (\S+)(?: (.*))?)", &Player::WhenSimCall},
      {"when", R"(sim fails (\S+) with \"(.*)\")", &Player::WhenSimFails},
      {"when", R"((\d+(?:ms|s|m|h|d)) passes?)", &Player::WhenTimePasses},
      {"when",
       R"((?:(\w+)'s )?receiver (?:answers (\d+)|is silent)(?: (\d+) times?)?(?: with Retry-After (\d+))?)",
       &Player::WhenReceiver},
      {"when", R"(the gateway crashes)", &Player::WhenCrash},
      {"expect", R"(header ([\w-]+) (.*))", &Player::ExpectHeader},
      {"expect", R"((\d\d\d)(?: (.*))?)", &Player::ExpectStatus},
      {"expect", R"(webhook (\S+)(?: (.*))?)", &Player::ExpectWebhook},
      {"expect", R"(no (?:more )?webhooks?)", &Player::ExpectNoWebhook},
      {"expect", R"(inbox of (\+\d+) (.*))", &Player::ExpectInbox},
  };
  return kSteps;
}

ScenarioResult Player::Play(const std::string& text) {
  for (const Line& line : LinesOf(text)) {
    std::string failure = "no step reads like this";
    for (const Row& row : Steps()) {
      Match match;
      if (line.word != row.word) continue;
      if (!std::regex_match(line.text, match, std::regex(row.pattern))) continue;
      failure = (this->*row.step)(match);
      break;
    }
    if (!failure.empty())
      return {fmt::format("line {}: {} {}\n  {}", line.number, line.word, line.text, failure),
              transcript_};
  }
  CollectPosts();
  return {"", transcript_};
}

// ---------------------------------------------------------------------------------------- given

std::string Player::GivenChannel(const Match& match) {
  const std::string name = match[1];
  const std::string number =
      match[2].matched ? match[2].str() : fmt::format("+1555020{}", next_number_++);
  channels_[name] = world_.MakeChannel(name, number.substr(1),
                                       match[3].matched ? match[3].str() : "phone", std::nullopt);
  current_ = name;
  bindings_.Set(name + ".number", number);
  bindings_.Set(name + ".code", channels_[name].channel.code);
  bindings_.Set(name + ".session", "bps_sess_ws_" + channels_[name].channel.id.value.ToHex());
  bindings_.Set(name + ".channel", channels_[name].channel.id.value.ToText());
  if (!match[4].matched) return "";
  return Subscribe(match[4], match[5]);
}

std::string Player::GivenPerson(const Match& match) {
  sim::network::Person person;
  person.push_name = match[1];
  person.number = match[2].str().substr(1);
  const auto added = world_.network().AddPerson(person);
  return added ? "" : std::string(added.error().public_text());
}

std::string Player::GivenFile(const Match& match) {
  world_.internet().PutFile(match[1], match[2], Unescape(match[3]));
  return "";
}

std::string Player::GivenFaultyFile(const Match& match) {
  world_.internet().FailFile(match[1], match[2].matched ? std::stoi(match[2]) : 0);
  return "";
}

std::string Player::Subscribe(const std::string& dialect, const std::string& names) {
  const VirtualWorld::ChannelKeys& keys = channels_[current_];
  core::NewSubscription wanted;
  wanted.url = HookUrl(current_);
  wanted.secret = "a-secret-of-" + current_;
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
  if (dialect == "2chat") request.headers.Set("X-User-API-Key", keys.twochat_key);
  if (dialect == "1msg")
    request.target += (request.target.find('?') == std::string::npos ? "?token=" : "&token=") +
                      keys.onemsg_token;
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

// The first post that is not expected yet must be of this name and match; it may still be to come
// within some seconds.
std::string Player::ExpectWebhook(const Match& match) {
  CollectPosts();
  for (int i = 0; pending_.empty() && i < 50; ++i) {
    world_.Pass(std::chrono::milliseconds(100));
    CollectPosts();
  }
  if (pending_.empty()) return "no webhook came";
  const Post post = pending_.front();
  pending_.erase(pending_.begin());
  auto actual = base::ParseJson(post.body);
  if (!actual) return "the webhook is not JSON: " + post.body;
  const std::string name = match[1];
  const json::object& body = actual->as_object();
  std::string got = std::string(base::FindText(body, "event"));
  if (got.empty() && body.contains("messages")) got = "messages";
  if (got.empty() && body.contains("ack")) got = "ack";
  if (name != "any" && got != name) return fmt::format("the webhook is {} {}", got, post.body);
  if (!match[2].matched || match[2].length() == 0) return "";
  auto expected = base::ParseJson(match[2].str());
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

}  // namespace

ScenarioResult RunScenario(const std::string& text, std::uint64_t seed) {
  Player player(seed);
  return player.Play(text);
}

}  // namespace parley::testing
