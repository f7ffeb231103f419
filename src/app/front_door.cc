#include "app/front_door.h"

#include <algorithm>

#include "admin/service.h"

namespace parley::app {

FrontDoor::FrontDoor(base::Scheduler& scheduler, std::vector<Owner> owners, admin::Admin* admin)
    : scheduler_(scheduler), owners_(std::move(owners)), admin_(admin) {}

const FrontDoor::Owner& FrontDoor::OwnerOf(const http::Request& request) const {
  std::string_view path = request.path();
  const bool reads_root = path == "/" && (request.method == http::Method::kGet ||
                                          request.method == http::Method::kHead);
  path.remove_prefix(std::min(path.find_first_not_of('/'), path.size()));
  const std::string_view segment = reads_root ? kReadRoot : path.substr(0, path.find('/'));
  for (const Owner& owner : owners_)
    if (std::find(owner.segments.begin(), owner.segments.end(), segment) != owner.segments.end())
      return owner;
  return owners_.back();
}

std::size_t FrontDoor::BodyLimit(const http::Request& head) const {
  return OwnerOf(head).service->BodyLimit(head);
}

base::Task<http::Response> FrontDoor::Handle(http::Request request) {
  const Owner& owner = OwnerOf(request);
  const base::Microseconds begin = scheduler_.Monotonic();
  std::unique_ptr<admin::CallNote> note;
  if (admin_ != nullptr) note = admin_->OnRequest(owner.name, request);
  http::Response response = co_await owner.service->Handle(std::move(request));
  ++answers_[owner.name][response.status];
  const base::Microseconds took = scheduler_.Monotonic() - begin;
  if (owner.is_dialect) {
    ++timing_.requests;
    timing_.took += took;
  }
  if (note) {
    const auto rounded = std::chrono::round<base::Duration>(took);
    admin_->OnAnswer(std::move(note), response, rounded);
  }
  co_return response;
}

}  // namespace parley::app
