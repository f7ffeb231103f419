#include "http/request_parser.h"

#include <boost/beast/http/error.hpp>

#include "base/encoding.h"
#include "http/grammar.h"
#include "http/parser_limits.h"

namespace parley::http {
namespace {

namespace beast_http = boost::beast::http;

// The path and query of what stands in the request line; empty when it is nothing that is served
// here. RFC 9112, section 3.2.2: an absolute URL must be understood, too.
std::string_view OriginForm(std::string_view target) {
  if (target.front() == '/' || target == "*") return target;
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!EqualIgnoringCase(target.substr(0, scheme.size()), scheme)) continue;
    const std::size_t path = target.find('/', scheme.size());
    return path == std::string_view::npos ? std::string_view("/") : target.substr(path);
  }
  return {};
}

}  // namespace

bool BodyClaim::Grow(std::size_t total) {
  if (total <= kFree || total <= claimed_) return true;
  const std::size_t more = total - claimed_;
  if (more > memory_.limit - memory_.used) return false;
  memory_.used += more;
  claimed_ = total;
  return true;
}

void BodyClaim::Release() {
  memory_.used -= claimed_;
  claimed_ = 0;
}

RequestParser::RequestParser(std::size_t max_header)
    : max_header_(max_header), header_room_(max_header) {
  header_limit(static_cast<std::uint32_t>(max_header));
  body_limit(boost::none);  // AllowBody has its own
}

RequestParser::Progress RequestParser::Parse(std::string_view& data) {
  const bool in_body = is_header_done();
  if (in_body && chunked() && data.size() < kLeastChunkedRest) return Progress::kNeedsMore;
  eager(in_body);
  Code error;
  const std::size_t used = put(boost::asio::const_buffer(data.data(), data.size()), error);
  data.remove_prefix(used);
  if (request_.body_state != BodyState::kRead) return Progress::kRefused;
  // What cannot be parsed yet is kept, so that it needs a bound: Beast has none for chunk
  // extensions and trailers.
  if (error == beast_http::error::need_more)
    error = data.size() > max_header_ ? beast_http::error::header_limit : Code();
  if (error) {
    fault_ = error;
    return Progress::kFault;
  }
  if (!in_body && is_header_done()) return Progress::kHead;
  return is_done() ? Progress::kComplete : Progress::kNeedsMore;
}

RequestParser::Progress RequestParser::AllowBody(std::size_t limit, BodyClaim& claim) {
  body_limit_ = limit;
  claim_ = &claim;
  const std::uint64_t length = content_length().value_or(0);
  if (!HasRoomFor(length)) return Progress::kRefused;
  request_.body.reserve(static_cast<std::size_t>(length));
  return Progress::kNeedsMore;
}

int RequestParser::fault_status() const {
  return fault_ == beast_http::error::header_limit ? 431 : 400;
}

std::string RequestParser::fault_text() const {
  return "The request is not valid HTTP: " + fault_.message() + "\n";
}

bool RequestParser::HasRoomFor(std::uint64_t total) {
  if (total > body_limit_)
    request_.body_state = BodyState::kTooLarge;
  else if (!claim_->Grow(static_cast<std::size_t>(total)))
    request_.body_state = BodyState::kNoRoom;
  if (request_.body_state == BodyState::kRead) return true;
  request_.body = std::string();
  claim_->Release();
  return false;
}

void RequestParser::on_request_impl(beast_http::verb, Text method, Text target, int version,
                                    Code& error) {
  if (!ParseName(ViewOf(method), request_.method)) request_.method = Method::kOther;
  request_.target = OriginForm(ViewOf(target));
  if (request_.target.empty() || !base::IsUtf8(request_.target))
    error = beast_http::error::bad_target;
  http11_ = version == 11;
}

void RequestParser::on_field_impl(Field field, Text name, Text value, Code& error) {
  // Beast's own limit starts anew after each field that came in a piece of its own.
  const std::size_t size = name.size() + value.size() + kFieldOverhead;
  if (size > header_room_ || request_.headers.fields().size() == kMaxFields) {
    error = beast_http::error::header_limit;
    return;
  }
  header_room_ -= size;
  // Trailers come here, too. Nothing reads them, and as headers they could forge what was checked.
  if (is_header_done()) return;
  if (field == Field::host) ++hosts_;
  if (field == Field::expect && EqualIgnoringCase(ViewOf(value), "100-continue"))
    expects_continue_ = true;
  if (field == Field::transfer_encoding &&
      (!http11_ || !EqualIgnoringCase(ViewOf(value), "chunked")))
    error = beast_http::error::bad_transfer_encoding;
  request_.headers.Add(std::string(ViewOf(name)), std::string(ViewOf(value)));
}

void RequestParser::on_header_impl(Code& error) {
  if (hosts_ > 1 || (http11_ && hosts_ == 0)) error = beast_http::error::bad_field;
}

std::size_t RequestParser::on_body_impl(Text data, Code&) {
  request_.body.append(data.data(), data.size());
  return data.size();
}

void RequestParser::on_chunk_header_impl(std::uint64_t size, Text, Code& error) {
  // Compared before they are added, because the size may be anything up to 2^64.
  const std::uint64_t total =
      size > body_limit_ ? size : static_cast<std::uint64_t>(request_.body.size()) + size;
  if (!HasRoomFor(total)) error = beast_http::error::body_limit;
}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t, Text data, Code&) {
  request_.body.append(data.data(), data.size());
  return data.size();
}

}  // namespace parley::http
