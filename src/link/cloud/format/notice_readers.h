// The readers of what a webhook says beside messages, by topic; the table is in notices_in.cc. Part
// of notices_in.h.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>

#include "link/cloud/format/notices_in.h"
#include "link/cloud/format/reading.h"

namespace parley::link::cloud::format {

using NoticeRead = base::Result<void>;
using NoticeWord = std::optional<std::string>;

// "field: first, second", of what is not empty.
std::string LineOf(const Change& change, std::initializer_list<NoticeWord> words);

template <base::HasFields T>
base::Result<T> ReadValueOf(const Change& change) {
  const base::json::value value(*change.value);
  return ReadObject<T>(value);
}

// notices_account.cc
NoticeRead ReadNumberQuality(const Change& change, Notice& notice);
NoticeRead ReadNumberName(const Change& change, Notice& notice);
NoticeRead ReadAccountUpdate(const Change& change, Notice& notice);
NoticeRead ReadAccountReview(const Change& change, Notice& notice);
NoticeRead ReadAlert(const Change& change, Notice& notice);
NoticeRead ReadCapability(const Change& change, Notice& notice);

// notices_people.cc
NoticeRead ReadPreferences(const Change& change, Notice& notice);
NoticeRead ReadCalls(const Change& change, Notice& notice);
NoticeRead ReadContactSync(const Change& change, Notice& notice);

}  // namespace parley::link::cloud::format
