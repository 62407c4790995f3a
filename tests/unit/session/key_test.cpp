#include "session/key.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <ostream>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace drmshow {

inline void PrintTo(const KeyPress& press, std::ostream* out) {
  *out << "key " << static_cast<int>(press.key) << " number " << press.number;
}

namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Presses = std::vector<KeyPress>;

Presses taken(KeyDecoder& decoder) {
  Presses presses;
  while (const auto press = decoder.next()) presses.push_back(*press);
  return presses;
}

Presses keys_of(std::string_view bytes) {
  KeyDecoder decoder;
  decoder.feed(bytes);
  decoder.settle();
  return taken(decoder);
}

Presses one(Key key) {
  return {KeyPress{key}};
}

TEST(KeyDecoderTest, Letters) {
  const std::pair<char, Key> letters[] = {
      {'q', Key::quit},     {' ', Key::pause}, {'n', Key::next},
      {'p', Key::previous}, {'f', Key::fit},   {'r', Key::rotate},
      {'i', Key::overlay},  {'m', Key::mode},  {'s', Key::screenshot}};
  for (const auto& [letter, key] : letters) {
    EXPECT_EQ(keys_of(std::string_view{&letter, 1}), one(key)) << letter;
    const char capital = static_cast<char>(letter == ' ' ? ' ' : letter - 'a' + 'A');
    EXPECT_EQ(keys_of(std::string_view{&capital, 1}), one(key)) << capital;
  }
}

TEST(KeyDecoderTest, EveryOtherSingleByteIsNothing) {
  for (int byte = 0; byte < 256; ++byte) {
    const char as_char = static_cast<char>(byte);
    const bool is_key =
        std::string_view{"qnpfrimsQNPFRIMS 0123456789\x1b\x03"}.find(as_char) != std::string::npos;
    EXPECT_EQ(!keys_of(std::string_view{&as_char, 1}).empty(), is_key) << byte;
  }
}

TEST(KeyDecoderTest, Digits) {
  EXPECT_THAT(keys_of("190"), ElementsAre(KeyPress{Key::number, 1}, KeyPress{Key::number, 9},
                                          KeyPress{Key::number, 0}));
}

TEST(KeyDecoderTest, ArrowsAndPages) {
  for (const char* next : {"\x1b[C", "\x1b[B", "\x1bOC", "\x1bOB", "\x1b[6~"}) {
    EXPECT_EQ(keys_of(next), one(Key::next)) << next + 1;
  }
  for (const char* previous : {"\x1b[D", "\x1b[A", "\x1bOD", "\x1bOA", "\x1b[5~"}) {
    EXPECT_EQ(keys_of(previous), one(Key::previous)) << previous + 1;
  }
}

TEST(KeyDecoderTest, OtherKeysAreSwallowedWhole) {
  // Function keys of the Linux console, xterm and VT220; Home, End, Insert, Delete; with modifiers;
  // Alt with letters; what a terminal answers when it is asked; a mouse (SGR); bracketed paste.
  for (const char* sequence : {"\x1b[[A",      "\x1b[[E",
                               "\x1b[11~",     "\x1b[15~",
                               "\x1b[24~",     "\x1bOP",
                               "\x1bOS",       "\x1bOq",
                               "\x1b[1;2P",    "\x1b[1;5Q",
                               "\x1b[1~",      "\x1b[4~",
                               "\x1b[H",       "\x1b[F",
                               "\x1b[2~",      "\x1b[3~",
                               "\x1b[1;5C",    "\x1b[1;2A",
                               "\x1b[5;5~",    "\x1b[6;3~",
                               "\x1b[105~",    "\x1b[65~",
                               "\x1b[05;~",    "\x1b[Z",
                               "\x1b[ q",      "\x1bq",
                               "\x1b ",        "\x1bp",
                               "\x1b[200~",    "\x1b[?64;1;2c",
                               "\x1b[<0;1;2M", "\x1b[>1;2q",
                               "\x1b[12;40R",  "\x1b[I",
                               "\x1b[?25$p",   "\xc3\xa9",
                               "\xe2\x82\xac", "\xf0\x9f\x8e\xa5",
                               "\x1b\xc3\xa9", "\x1b[\xc3\xa9"}) {
    EXPECT_THAT(keys_of(sequence), IsEmpty()) << sequence + 1;
    EXPECT_EQ(keys_of(std::string{sequence} + "n"), one(Key::next)) << sequence + 1;
  }
}

TEST(KeyDecoderTest, ALoneEscIsDecidedLater) {
  KeyDecoder decoder;
  EXPECT_FALSE(decoder.undecided());
  decoder.feed(std::string_view{"\x1b"});
  EXPECT_TRUE(decoder.undecided());
  EXPECT_EQ(decoder.next(), std::nullopt);
  decoder.settle();
  EXPECT_FALSE(decoder.undecided());
  EXPECT_EQ(taken(decoder), one(Key::quit));
  decoder.settle();
  EXPECT_EQ(decoder.next(), std::nullopt);
}

TEST(KeyDecoderTest, EscTwiceIsDecidedAtOnce) {
  KeyDecoder decoder;
  decoder.feed(std::string_view{"\x1b\x1b"});
  EXPECT_FALSE(decoder.undecided());
  EXPECT_EQ(taken(decoder), one(Key::quit));
}

TEST(KeyDecoderTest, WhatEndsEarlyTakesNoKeyWithIt) {
  // Alt-[ and Alt-O look like the beginning of a sequence.
  for (const char* begun : {"\x1b[", "\x1bO", "\x1b[[", "\x1b[1;"}) {
    KeyDecoder decoder;
    decoder.feed(std::string_view{begun});
    EXPECT_TRUE(decoder.undecided());
    decoder.settle();
    decoder.feed(std::string_view{"n"});
    EXPECT_EQ(taken(decoder), one(Key::next)) << begun + 1;
  }
}

TEST(KeyDecoderTest, ANewSequenceEndsTheOneBefore) {
  EXPECT_EQ(keys_of("\x1b[1;\x1b[C"), one(Key::next));
  EXPECT_EQ(keys_of("\x1bO\x1b[6~"), one(Key::next));
  EXPECT_EQ(keys_of("\x1b[[\x1b"), one(Key::quit));
}

TEST(KeyDecoderTest, CtrlCIsUnderstoodAnywhere) {
  for (const char* before : {"", "\x1b", "\x1b[", "\x1bO", "\x1b[[", "\x1b[1;5", "\xc3"}) {
    EXPECT_EQ(keys_of(std::string{before} + "\x03"), one(Key::quit)) << before;
  }
}

// What the reader of single reads understood, with Esc that nothing follows as the key.
TEST(KeyDecoderTest, QuitKeysAndEscapeSequences) {
  const auto quits = [](std::string_view bytes) {
    const Presses presses = keys_of(bytes);
    return std::ranges::find(presses, KeyPress{Key::quit}) != presses.end();
  };
  EXPECT_TRUE(quits("q"));
  EXPECT_TRUE(quits("xxQ"));
  EXPECT_TRUE(quits("\x1b"));
  EXPECT_FALSE(quits("\x1b[A"));
  EXPECT_FALSE(quits("\x1b[1;5Q"));
  EXPECT_TRUE(quits("q\x1b[A"));
  EXPECT_TRUE(quits("\x1b\x1b"));
  EXPECT_TRUE(quits("x\x1b"));
  EXPECT_FALSE(quits("abc"));
  EXPECT_FALSE(quits(""));
}

TEST(KeyDecoderTest, TooManyLoseNoQuit) {
  KeyDecoder decoder;
  for (int i = 0; i < 1000; ++i) decoder.feed(std::string_view{"n"});
  decoder.feed(std::string_view{"q"});
  decoder.feed(std::string_view{"nnn"});
  const Presses presses = taken(decoder);
  EXPECT_EQ(presses.size(), KeyDecoder::most_waiting);
  EXPECT_EQ(presses.back(), KeyPress{Key::quit});
}

/// Something that a keyboard could send, and now and then bytes that none would.
std::string some_input(std::mt19937& random) {
  constexpr std::string_view pieces[] = {
      "q",       "n",         "7",       "\x1b",       "\x1b[A", "\x1b[C",   "\x1bOD",
      "\x1b[6~", "\x1b[1;5C", "\x1b[[B", "\x1b[",      "\x1bO",  "\x1b[24~", "\xe2\x82\xac",
      "\x03",    "x",         ";",       "\x1b[?1;2c", "~",      "5"};
  std::string input;
  for (auto i = random() % 9; i > 0; --i) {
    if (random() % 8 == 0) {
      input += static_cast<char>(random());
    } else {
      input += pieces[random() % std::size(pieces)];
    }
  }
  return input;
}

TEST(KeyDecoderTest, AnyCutGivesTheSameKeys) {
  std::mt19937 random{5};
  for (int round = 0; round < 20'000; ++round) {
    const std::string input = some_input(random);
    const Presses whole = keys_of(input);
    for (std::size_t cut = 0; cut <= input.size(); ++cut) {
      const std::size_t second = cut + random() % (input.size() - cut + 1);
      KeyDecoder decoder;
      decoder.feed(std::string_view{input}.substr(0, cut));
      Presses presses = taken(decoder);
      decoder.feed(std::string_view{input}.substr(cut, second - cut));
      decoder.feed(std::string_view{input}.substr(second));
      decoder.settle();
      std::ranges::copy(taken(decoder), std::back_inserter(presses));
      ASSERT_EQ(presses, whole) << testing::PrintToString(input) << " cut at " << cut;
    }
  }
}

}  // namespace
}  // namespace drmshow
