// The business profile, the settings of the shop, and whom the business blocks.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "sim/graph/handlers.h"
#include "sim/graph/paging.h"

namespace parley::sim::graph {
namespace {

using base::json::array;
using base::json::object;

struct VerticalRow {
  std::string_view graph, network;
};
constexpr auto kVerticalRows = std::to_array<VerticalRow>({
    {"UNDEFINED", ""},
    {"OTHER", "Other"},
    {"AUTO", "Automotive"},
    {"BEAUTY", "Beauty, Spa and Salon"},
    {"APPAREL", "Clothing and Apparel"},
    {"EDU", "Education"},
    {"ENTERTAIN", "Entertainment"},
    {"EVENT_PLAN", "Event Planning and Service"},
    {"FINANCE", "Finance and Banking"},
    {"GROCERY", "Food and Grocery"},
    {"GOVT", "Public Service"},
    {"HOTEL", "Hotel and Lodging"},
    {"HEALTH", "Medical and Health"},
    {"NONPROFIT", "Non-profit"},
    {"PROF_SERVICES", "Professional Services"},
    {"RETAIL", "Shopping and Retail"},
    {"TRAVEL", "Travel and Transportation"},
    {"RESTAURANT", "Restaurant"},
});

struct ProfileBody {
  std::string messaging_product;
  std::optional<std::string> about, address, description, email, vertical, picture_handle;
  std::optional<std::vector<std::string>> websites;
  static constexpr auto Fields() {
    using base::MaxLength;
    using base::Optional;
    using B = ProfileBody;
    return base::FieldList(
        base::Required("messaging_product", &B::messaging_product),
        Optional("about", &B::about, base::MinLength(1), MaxLength(net::kMaxAbout)),
        Optional("address", &B::address, MaxLength(net::kMaxPostal)),
        Optional("description", &B::description, MaxLength(net::kMaxDescription)),
        Optional("email", &B::email, MaxLength(net::kMaxEmail)),
        Optional("vertical", &B::vertical, MaxLength(30)),
        Optional("profile_picture_handle", &B::picture_handle, MaxLength(1000)),
        Optional("websites", &B::websites, MaxLength(net::kMaxWebsites)));
  }
};

struct CommerceBody {
  std::optional<bool> is_cart_enabled, is_catalog_visible;
  static constexpr auto Fields() {
    using B = CommerceBody;
    return base::FieldList(base::Optional("is_cart_enabled", &B::is_cart_enabled),
                           base::Optional("is_catalog_visible", &B::is_catalog_visible));
  }
};

struct BlockedUser {
  std::string user;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("user", &BlockedUser::user, base::MaxLength(30)));
  }
};
struct BlockBody {
  std::string messaging_product;
  std::vector<BlockedUser> block_users;
  static constexpr auto Fields() {
    using B = BlockBody;
    return base::FieldList(
        base::Required("messaging_product", &B::messaging_product),
        base::Required("block_users", &B::block_users, base::MinLength(1), base::MaxLength(100)));
  }
};

void SetIfSaid(object& out, std::string_view name, std::string_view text) {
  if (!text.empty()) out[base::JsonView(name)] = base::JsonView(text);
}

http::Response DataOf(object row) {
  array data;
  data.push_back(std::move(row));
  object body;
  body["data"] = std::move(data);
  return Reply(body);
}

net::Actor SelfOf(const Number& number) { return net::Actor{number.number, number.device}; }

// Blocks or unblocks everybody in the body.
base::Task<Answer> SetBlocks(const Call* call, bool blocked) {
  PARLEY_CO_TRY(number, call->NumberNode());
  PARLEY_CO_TRY(body, call->ReadBody<BlockBody>());
  array done, failed;
  for (const BlockedUser& one : body.block_users) {
    std::string digits;
    for (const char c : one.user)
      if (c >= '0' && c <= '9') digits += c;
    const auto set = call->parts.network.SetBlocked(SelfOf(*number), digits, blocked);
    object item;
    item["input"] = base::JsonView(one.user);
    item["wa_id"] = base::JsonView(digits);
    (set ? done : failed).push_back(std::move(item));
  }
  object users, reply;
  users[blocked ? "added_users" : "removed_users"] = std::move(done);
  if (!failed.empty()) users["failed_users"] = std::move(failed);
  reply["messaging_product"] = "whatsapp";
  reply["block_users"] = std::move(users);
  co_return Reply(reply);
}

}  // namespace

base::Task<Answer> GetProfile(const Call* call) {
  PARLEY_CO_TRY(number, call->NumberNode());
  const auto person = call->parts.network.FindPerson(number->number);
  if (!person) co_return GraphError{kServiceTrouble};
  object profile;
  SetIfSaid(profile, "about", person->about);
  SetIfSaid(profile, "address", person->address);
  SetIfSaid(profile, "description", person->description);
  SetIfSaid(profile, "email", person->email);
  if (!person->picture.empty())
    profile["profile_picture_url"] = base::JsonView(call->BaseUrl() + "/media/" + person->picture);
  if (!person->websites.empty()) {
    array websites;
    for (const std::string& website : person->websites)
      websites.push_back(base::json::string(base::JsonView(website)));
    profile["websites"] = std::move(websites);
  }
  for (const VerticalRow& row : kVerticalRows)
    if (row.network == person->vertical) profile["vertical"] = base::JsonView(row.graph);
  const std::string fields = call->Query("fields").value_or("");
  object shown;
  for (const auto& member : profile) {
    const std::string_view name(member.key().data(), member.key().size());
    if (fields.empty() || fields.find(name) != std::string::npos)
      shown[member.key()] = member.value();
  }
  shown["messaging_product"] = "whatsapp";
  co_return DataOf(std::move(shown));
}

base::Task<Answer> SetProfile(const Call* call) {
  PARLEY_CO_TRY(number, call->NumberNode());
  PARLEY_CO_TRY(body, call->ReadBody<ProfileBody>());
  net::PersonChange change;
  if (body.picture_handle) {
    const auto upload = UploadOfHandle(*call, *body.picture_handle);
    if (!upload || !upload->mime_type.starts_with("image/"))
      co_return InvalidParameter("Param profile_picture_handle is not that of an image.");
    change.picture = upload->sha256;
  }
  change.about = body.about;
  change.address = body.address;
  change.description = body.description;
  change.email = body.email;
  change.websites = body.websites;
  if (body.vertical) {
    for (const VerticalRow& row : kVerticalRows)
      if (row.graph == *body.vertical) change.vertical = std::string(row.network);
    if (!change.vertical)
      co_return InvalidParameter("Param vertical: there is no " + *body.vertical + ".");
  }
  const auto changed = call->parts.network.ChangeProfile(SelfOf(*number), change);
  if (!changed) co_return FirstFault(changed.error(), "");
  co_return Success();
}

base::Task<Answer> GetCommerce(const Call* call) {
  PARLEY_CO_TRY(number, call->NumberNode());
  const auto commerce = call->parts.network.CommerceOf(number->number);
  if (!commerce) co_return GraphError{kServiceTrouble};
  object row;
  row["is_cart_enabled"] = commerce->is_cart_enabled;
  row["is_catalog_visible"] = commerce->is_catalog_visible;
  row["id"] = base::JsonView(number->id);
  co_return DataOf(std::move(row));
}

base::Task<Answer> SetCommerce(const Call* call) {
  PARLEY_CO_TRY(number, call->NumberNode());
  PARLEY_CO_TRY(body, call->ReadBody<CommerceBody>());
  auto commerce = call->parts.network.CommerceOf(number->number);
  if (!commerce) co_return GraphError{kServiceTrouble};
  if (body.is_cart_enabled) commerce->is_cart_enabled = *body.is_cart_enabled;
  if (body.is_catalog_visible) commerce->is_catalog_visible = *body.is_catalog_visible;
  const auto set = call->parts.network.SetCommerce(SelfOf(*number), *commerce);
  if (!set) co_return GraphError{kServiceTrouble};
  co_return Success();
}

base::Task<Answer> ListBlocks(const Call* call) {
  PARLEY_CO_TRY(number, call->NumberNode());
  const auto blocked = call->parts.network.ListBlocked(number->number);
  if (!blocked) co_return GraphError{kServiceTrouble};
  std::vector<KeyedRow> rows;
  for (const std::string& digits : *blocked) {
    object row;
    row["messaging_product"] = "whatsapp";
    row["wa_id"] = base::JsonView(digits);
    rows.emplace_back(digits, std::move(row));
  }
  co_return PageOf(*call, std::move(rows));
}

base::Task<Answer> BlockUsers(const Call* call) { return SetBlocks(call, true); }
base::Task<Answer> UnblockUsers(const Call* call) { return SetBlocks(call, false); }

}  // namespace parley::sim::graph
