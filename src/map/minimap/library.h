// minimap2's library. Nothing outside this folder includes it.
#pragma once

// Its headers allocate by malloc without it, and the library was built with it.
#ifndef HAVE_KALLOC
#define HAVE_KALLOC
#endif
#include <kalloc.h>
// Behind kalloc.h, whose functions it uses.
#include <khash.h>
#include <minimap.h>
#include <mmpriv.h>
