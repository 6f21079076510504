-- All pictures of a grid; the unique index beside it has those alone that hold their cell.
CREATE INDEX "Image_gridId_gridCell_idx" ON "Image" ("gridId", "gridCell");
