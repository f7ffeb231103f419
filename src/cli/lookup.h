// Finding what a command's arguments name: accounts and channels by id or by what people call them.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "base/result.h"
#include "cli/admin_api.h"

namespace parley::cli {

// All pages of a list: `path` has no query, `member` holds the rows.
base::Result<base::json::array> ListAll(AdminApi& api, const std::string& path,
                                        std::string_view member);

// "/accounts/<id>" of the account with this id or name. kNotFound, or kInvalidState when several
// have the name.
base::Result<std::string> AccountPath(AdminApi& api, const std::string& account);

// "/accounts/<id>/channels/<id>" of the channel with this id, label, phone or 1MSG code.
base::Result<std::string> ChannelPath(AdminApi& api, const std::string& account,
                                      const std::string& channel);

// The id at the end of such a path.
std::string LastId(const std::string& path);

// The answer as an object; kUnavailable when it is none.
base::Result<base::json::object> AsObject(base::Result<base::json::value> answer);

}  // namespace parley::cli
