#include "app/front_door.h"

#include <algorithm>

namespace parley::app {

http::Service& FrontDoor::OwnerOf(std::string_view path) const {
  path.remove_prefix(std::min(path.find_first_not_of('/'), path.size()));
  const std::string_view segment = path.substr(0, path.find('/'));
  for (const Owner& owner : owners_)
    if (std::find(owner.segments.begin(), owner.segments.end(), segment) != owner.segments.end())
      return *owner.service;
  return rest_;
}

}  // namespace parley::app
