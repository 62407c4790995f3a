// The ring alone, in ordinary memory, with writers who have stopped in the middle.
#include "record/record_ring.hpp"

#include <array>
#include <deque>
#include <vector>

#include <gmock/gmock.h>

namespace drmshow {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::SizeIs;

constexpr std::uint64_t cells = 8;
constexpr int attempts = 16;

struct Storage {
  StdAtomics::Word next = cells;
  StdAtomics::Word lost = 0;
  std::array<StdAtomics::Word, cells> stamps{};
  std::array<StdAtomics::Word, cells * words_per_cell> words{};
};

struct Memory {
  Storage* storage;
  StdAtomics::Word& next() const { return storage->next; }
  StdAtomics::Word& lost() const { return storage->lost; }
  StdAtomics::Word& stamp(std::uint64_t place) const { return storage->stamps.at(place); }
  StdAtomics::Word& word(std::uint64_t index) const {
    return storage->words.at(index % storage->words.size());
  }
};

struct Found {
  CellFound found;
  std::vector<std::uint64_t> words;
};

class Ring : public testing::Test {
 protected:
  // Every word of it is `value`; the first says how many cells it has, too.
  bool write(std::uint64_t count, std::uint64_t value) {
    return ring_.write(count, [=](std::uint64_t) { return value * 16 + count; });
  }
  Found read(std::uint64_t number) {
    Found result{};
    const auto count = [&] { return result.words.front() % 16; };
    result.found = ring_.read(
        number, count, [&](std::uint64_t, std::uint64_t word) { result.words.push_back(word); });
    return result;
  }
  std::vector<std::uint64_t> values(std::uint64_t from, std::uint64_t to) {
    std::vector<std::uint64_t> all;
    for (std::uint64_t number = from; number < to; ++number) {
      const Found one = read(number);
      if (one.found == CellFound::record) all.push_back(one.words.front() / 16);
    }
    return all;
  }
  // A writer of one cell has stopped behind its claim.
  void stop_in(std::uint64_t number) {
    storage_.stamps.at(number % cells) = CellStamp::make(number, CellStamp::busy);
  }
  std::uint64_t stamp(std::uint64_t number) const { return storage_.stamps.at(number % cells); }

  Storage storage_;
  RecordRing<StdAtomics, Memory, attempts> ring_{Memory{&storage_}, cells};
};

TEST_F(Ring, BeginsEmpty) {
  EXPECT_EQ(read(cells).found, CellFound::unfinished);
  EXPECT_EQ(ring_.next(), cells);
}

TEST_F(Ring, RecordsOfSeveralCells) {
  EXPECT_TRUE(write(1, 5));
  EXPECT_TRUE(write(3, 6));
  EXPECT_TRUE(write(2, 7));
  EXPECT_THAT(values(8, 16), ElementsAre(5, 6, 7));
  const Found three = read(9);
  EXPECT_THAT(three.words, SizeIs(3 * words_per_cell));
  EXPECT_THAT(three.words, Each(6 * 16 + 3u));
  EXPECT_EQ(read(10).found, CellFound::inside);
  EXPECT_EQ(read(14).found, CellFound::unfinished);
}

TEST_F(Ring, ARecordGoesOverTheEnd) {
  EXPECT_TRUE(write(7, 1));
  EXPECT_TRUE(write(3, 2));  // numbers 15 to 17: places 7, 0 and 1
  EXPECT_THAT(read(15).words, Each(2 * 16 + 3u));
  EXPECT_EQ(read(15).found, CellFound::record);
  EXPECT_EQ(read(8).found, CellFound::overwritten);
}

TEST_F(Ring, TheOldestGo) {
  for (std::uint64_t value = 1; value <= 20; ++value) EXPECT_TRUE(write(1, value));
  EXPECT_THAT(values(8, 28), ElementsAre(13, 14, 15, 16, 17, 18, 19, 20));
  EXPECT_EQ(read(19).found, CellFound::overwritten);
}

TEST_F(Ring, ADeadWritersCellIsLeftOut) {
  EXPECT_TRUE(write(1, 1));
  stop_in(9);
  storage_.next = 10;
  for (std::uint64_t value = 2; value <= 20; ++value) EXPECT_TRUE(write(1, value));
  EXPECT_EQ(read(9).found, CellFound::unfinished);
  EXPECT_EQ(stamp(9), CellStamp::make(9, CellStamp::busy));
  EXPECT_THAT(values(ring_.next() - cells, ring_.next()), SizeIs(cells - 1));
  EXPECT_EQ(storage_.lost, 0u);
}

TEST_F(Ring, WhoMeetsADeadWriterGivesBackWhatItHad) {
  stop_in(10);
  EXPECT_TRUE(write(3, 1));  // not 8 to 10, but 11 to 13
  EXPECT_EQ(stamp(8), CellStamp::make(8, CellStamp::empty));
  EXPECT_EQ(stamp(9), CellStamp::make(9, CellStamp::empty));
  EXPECT_EQ(read(8).found, CellFound::unfinished);
  EXPECT_EQ(read(11).found, CellFound::record);
  EXPECT_TRUE(write(2, 2));  // 14 and 15
  EXPECT_TRUE(write(2, 3));  // 16 and 17: what was given back
  EXPECT_EQ(read(16).found, CellFound::record);
}

TEST_F(Ring, AWriterWhoWasLappedLeavesLaterOnesAlone) {
  for (std::uint64_t value = 1; value <= cells; ++value) EXPECT_TRUE(write(1, value));
  storage_.next = 9;  // as if it had its number since then
  EXPECT_TRUE(write(2, 99));
  // It has tried 9, 11, 13 and 15, which were all taken, and got 17 and 18.
  EXPECT_EQ(ring_.next(), 19u);
  EXPECT_THAT(values(8, 19), ElementsAre(1, 4, 5, 6, 7, 8, 99));
}

TEST_F(Ring, WhereNoPlaceIsFoundTheLossIsCounted) {
  for (std::uint64_t number = 0; number < cells; ++number) stop_in(number);
  EXPECT_FALSE(write(1, 1));
  EXPECT_EQ(storage_.lost, 1u);
  EXPECT_EQ(ring_.next(), cells + attempts);
  storage_.stamps[5] = CellStamp::make(5, CellStamp::first);
  EXPECT_TRUE(write(1, 1));
  EXPECT_EQ(storage_.lost, 1u);
}

// One number for each attempt is enough to get past the longest record of a dead writer.
TEST(RingAttempts, ArePastAnyDeadWriter) {
  EXPECT_GE((RecordRing<StdAtomics, Memory>::most_attempts), 2 * 64 + 1);
}

}  // namespace
}  // namespace drmshow
