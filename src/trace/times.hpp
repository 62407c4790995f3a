// Times as text. They come from recordings, which may say anything: nothing here overflows. Pure.
#pragma once

#include <string>

#include "drm-show/time.hpp"

namespace drmshow {

/// In seconds, with six places: "12.345678".
std::string seconds_text(Nanoseconds span);

/// For people: "0.85 ms", "16.7 ms", "2.3 s", "3 min 20 s", "5 h 12 min", "3 days".
std::string span_text(Nanoseconds span);

/// In milliseconds, with two places; for tables.
double in_milliseconds(Nanoseconds span);

/// The local time of day: "2026-11-22 03:12:44.123456", or up to the second. `realtime_offset`:
/// RecordingInfo's.
enum class WallPlaces { microseconds, seconds };
std::string wall_text(Time time, Nanoseconds realtime_offset,
                      WallPlaces places = WallPlaces::microseconds);

}  // namespace drmshow
