// Package script turns a folder of Lua files into an immutable Snapshot and keeps it fresh.
//
// What is served: every *.lua file outside lib/ is the action of its base name; sub-folders only group. lib/**.lua is the
// module "lib.x.y". Every other file is data, by its path. Left out are names that start with "." anywhere, files and folders
// that start with "_" outside lib/, *_test.lua, and what editors and databases leave beside the files that people mean.
//
// Data is held in the snapshot, byte for byte: a call sees one state of scripts and data however long it runs, no call waits
// for a disk, and whether a file lies inside the folder is decided once, by the scan. A file that changes every second is no
// data (leftover has the names): each change would make a new snapshot. The price is memory, which MaxDataFile and MaxData
// bound; a file past them stays known by its name, with the reason why it can't be read.
//
// How it stays fresh: folder events are only a hint, a poll finds what makes no events, and a scan decides by content. A
// scan that saw the folder change meanwhile is thrown away and repeated, a file that doesn't load keeps its last good
// version, and a file is only gone when two scans in a row didn't see it. Everything a scan found is swapped in at once.
//
// Two halves of one save that are far apart (more than the quiet time) can't be told from two saves: if the first half is
// valid Lua, it is served until the second comes. Editors that write a new file and rename it are never affected.
package script
