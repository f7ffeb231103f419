// The one listener: the first path segment of a request picks its owner.
#pragma once

#include <string_view>
#include <vector>

#include "http/message.h"

namespace parley::app {

// Thread: that of the services.
class FrontDoor final : public http::Service {
 public:
  // `segments` of each owner; everything else goes to `rest`. The services outlive this.
  struct Owner {
    std::vector<std::string_view> segments;
    http::Service* service;
  };
  FrontDoor(std::vector<Owner> owners, http::Service& rest)
      : owners_(std::move(owners)), rest_(rest) {}

  std::size_t BodyLimit(const http::Request& head) const override {
    return OwnerOf(head.path()).BodyLimit(head);
  }
  base::Task<http::Response> Handle(http::Request request) override {
    http::Service& owner = OwnerOf(request.path());
    return owner.Handle(std::move(request));
  }

 private:
  http::Service& OwnerOf(std::string_view path) const;

  const std::vector<Owner> owners_;
  http::Service& rest_;
};

}  // namespace parley::app
