// The body of the route about phone numbers.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "admin/schema.h"

namespace parley::admin {

struct NumberView {
  bool is_possible = false, is_valid = false;
  std::string type;
  std::optional<std::string> e164, international, national, country, region, carrier;
  std::vector<std::string> time_zones;
  static constexpr auto Fields() {
    using V = NumberView;
    constexpr NullWhenAbsent null;
    return FieldList(
        Required("is_possible", &V::is_possible, Doc("As long as numbers of its country are")),
        Required("is_valid", &V::is_valid,
                 Doc("Of a kind that its country assigns; whether anybody has it is not told")),
        Required("type", &V::type,
                 Doc("unknown, fixed_line, mobile, fixed_line_or_mobile, toll_free, premium_rate, "
                     "shared_cost, voip, personal, pager, universal_access or voicemail")),
        Optional("e164", &V::e164, null, Doc("Null, as all below, when no country code begins it")),
        Optional("international", &V::international, null),
        Optional("national", &V::national, null, Doc("As it is dialled in its country")),
        Optional("country", &V::country, null, Doc("ISO 3166-1, two letters")),
        Optional("region", &V::region, null, Doc("Where it was assigned, in English")),
        Optional("carrier", &V::carrier, null, Doc("Whom it was assigned to first")),
        Required("time_zones", &V::time_zones,
                 Doc("IANA names of all that it may be in; Etc/Unknown when it is not valid")));
  }
};

}  // namespace parley::admin
