// What the Graph front knows besides the network: apps, business accounts, phone-number nodes,
// tokens, uploaded media and pictures. Each is a record of the keep, written when it changes.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "base/names.h"
#include "sim/graph/layers.h"
#include "sim/network/keep.h"

namespace parley::sim::graph {

inline constexpr std::size_t kMaxNumbers = 1000;  // phone-number nodes
inline constexpr std::size_t kMaxTokens = 10'000;
inline constexpr std::size_t kMaxAppFields = 100;  // that an app is subscribed to
inline constexpr base::Duration kMediaLife = std::chrono::hours(24 * 30);

// Where webhooks go.
struct Callback {
  std::string url, verify_token;

  static constexpr auto Fields() {
    return base::FieldList(base::Required("url", &Callback::url),
                           base::Required("verify_token", &Callback::verify_token));
  }
};

struct App {
  std::string id, secret, name;
  std::optional<Callback> callback;
  // The fields of accounts that it hears of; nullopt: all of them.
  std::optional<std::vector<std::string>> fields;
  bool needs_proof = false;  // every request must carry appsecret_proof

  bool Hears(std::string_view field) const;

  static constexpr auto Fields() {
    using base::Required;
    using A = App;
    return base::FieldList(Required("id", &A::id), Required("secret", &A::secret),
                           Required("name", &A::name), base::Optional("callback", &A::callback),
                           base::Optional("fields", &A::fields),
                           Required("needs_proof", &A::needs_proof));
  }
};

// A WhatsApp business account (WABA).
struct Account {
  std::string id, app, name;
  bool subscribed = false;           // the app hears of it
  std::optional<Callback> callback;  // instead of the app's
  bool locked = false;               // everything is refused with 131031

  static constexpr auto Fields() {
    using base::Required;
    using A = Account;
    return base::FieldList(Required("id", &A::id), Required("app", &A::app),
                           Required("name", &A::name), Required("subscribed", &A::subscribed),
                           base::Optional("callback", &A::callback),
                           Required("locked", &A::locked));
  }
};

enum class Quality : std::uint8_t { kGreen = 1, kYellow = 2, kRed = 3 };
inline constexpr base::EnumNames<Quality, 3> kQualityNames({
    {Quality::kGreen, "GREEN"},
    {Quality::kYellow, "YELLOW"},
    {Quality::kRed, "RED"},
});
PARLEY_ENUM_NAMES(Quality, kQualityNames)

enum class Throughput : std::uint8_t { kStandard = 1, kHigh = 2 };  // 80 and 1,000 a second
inline constexpr base::EnumNames<Throughput, 2> kThroughputNames({
    {Throughput::kStandard, "STANDARD"},
    {Throughput::kHigh, "HIGH"},
});
PARLEY_ENUM_NAMES(Throughput, kThroughputNames)

// A phone-number node: a device of profile business of the person with that number.
struct Number {
  std::string id, number, device, account, name;
  bool registered = true;
  bool pair_limit = true;  // whether 131056 is ever answered
  Quality quality = Quality::kGreen;
  Throughput throughput = Throughput::kStandard;
  std::optional<Callback> callback;  // instead of the account's
  base::Time made_at;

  static constexpr auto Fields() {
    using base::Required;
    using N = Number;
    return base::FieldList(
        Required("id", &N::id), Required("number", &N::number), Required("device", &N::device),
        Required("account", &N::account), Required("name", &N::name),
        Required("registered", &N::registered), Required("pair_limit", &N::pair_limit),
        Required("quality", &N::quality), Required("throughput", &N::throughput),
        base::Optional("callback", &N::callback), Required("made_at", &N::made_at));
  }
};

inline constexpr std::string_view kMessagingPermission = "whatsapp_business_messaging";
inline constexpr std::string_view kManagementPermission = "whatsapp_business_management";

struct Token {
  std::string token, app;
  std::vector<std::string> permissions;
  std::optional<base::Time> expires_at;
  bool revoked = false;

  static constexpr auto Fields() {
    using base::Required;
    using T = Token;
    return base::FieldList(Required("token", &T::token), Required("app", &T::app),
                           Required("permissions", &T::permissions),
                           base::Optional("expires_at", &T::expires_at),
                           Required("revoked", &T::revoked));
  }
};

// Media that a business uploaded, or that came in.
struct MediaNode {
  std::string id, number;  // the phone-number node that it belongs to
  std::string sha256, mime_type, file_name;
  base::Time at;  // it is there for kMediaLife

  static constexpr auto Fields() {
    using base::Required;
    using M = MediaNode;
    return base::FieldList(Required("id", &M::id), Required("number", &M::number),
                           Required("sha256", &M::sha256), Required("mime_type", &M::mime_type),
                           Required("file_name", &M::file_name), Required("at", &M::at));
  }
};

// A resumable upload, from its opening on.
struct Upload {
  std::string id, signature, app;
  std::string mime_type;
  std::int64_t length = 0;  // bytes, as announced
  std::string sha256;       // empty until they came
  base::Time at;

  static constexpr auto Fields() {
    using base::Required;
    using U = Upload;
    return base::FieldList(Required("id", &U::id), Required("signature", &U::signature),
                           Required("app", &U::app), Required("mime_type", &U::mime_type),
                           Required("length", &U::length), Required("sha256", &U::sha256),
                           Required("at", &U::at));
  }
};

// Thread: that of the network. Pointers are valid until the record is removed.
class Registry {
 public:
  explicit Registry(net::Keep& keep);

  const App* FindApp(std::string_view id) const;
  const Account* FindAccount(std::string_view id) const;
  const Number* FindNumber(std::string_view id) const;
  const Number* FindNumberOf(std::string_view digits) const;  // by the telephone number
  const Token* FindToken(std::string_view token) const;
  std::optional<MediaNode> FindMedia(std::string_view id) const;
  std::optional<Upload> FindUpload(std::string_view id) const;

  void Put(App app);
  void Put(Account account);
  void Put(Number number);
  void Put(Token token);
  void Put(const MediaNode& media);
  void Put(const Upload& upload);
  void RemoveNumber(std::string_view id);
  void RemoveMedia(std::string_view id);

  const std::map<std::string, Number, std::less<>>& numbers() const { return numbers_; }
  // Of an account, in the order of their making; its templates are those of the first.
  std::vector<const Number*> NumbersOf(std::string_view account) const;
  std::vector<const Token*> TokensOf(std::string_view app) const;
  std::size_t token_count() const { return tokens_.size(); }

 private:
  template <class T>
  void Load(std::string_view prefix, std::map<std::string, T, std::less<>>& into);

  net::Keep& keep_;
  std::map<std::string, App, std::less<>> apps_;
  std::map<std::string, Account, std::less<>> accounts_;
  std::map<std::string, Number, std::less<>> numbers_;
  std::map<std::string, Token, std::less<>> tokens_;
};

}  // namespace parley::sim::graph
