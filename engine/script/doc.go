// Package script turns a folder of Lua files into an immutable Snapshot and keeps it fresh.
//
// What is served: every *.lua file outside lib/ is the action of its base name; sub-folders only group. lib/**.lua is the
// module "lib.x.y". Left out are names that start with "." anywhere, files and folders that start with "_" outside lib/,
// *_test.lua, and every file that is no *.lua (data, which scripts read at run time; it is no part of a snapshot, so a
// change of data makes no new one).
//
// How it stays fresh: folder events are only a hint, a poll finds what makes no events, and a scan decides by content. A
// scan that saw the folder change meanwhile is thrown away and repeated, a file that doesn't load keeps its last good
// version, and a file is only gone when two scans in a row didn't see it. Everything a scan found is swapped in at once.
//
// Two halves of one save that are far apart (more than the quiet time) can't be told from two saves: if the first half is
// valid Lua, it is served until the second comes. Editors that write a new file and rename it are never affected.
package script
