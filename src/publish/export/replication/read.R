# Loads the tables of this folder with their types, and checks sums and totals.
#
#   Rscript read.R       checks everything, and ends with 1 where something differs
#   source("read.R")     load_table("figures.csv") is a data frame; run it in this folder
#
# Needs R 3.5 and nothing else; the sums need R 4.5 or the package digest.

# Rows, sum of the column `value`, and what the columns hold.
tables <- list(
  # TABLES
)

script <- sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))
here <- if (length(script) == 1) dirname(normalizePath(script)) else getwd()

# A table as a data frame; an empty cell is missing, never zero.
load_table <- function(name) {
  utils::read.csv(
    file.path(here, name),
    colClasses = tables[[name]]$columns,
    na.strings = "",
    check.names = FALSE,
    fileEncoding = "UTF-8"
  )
}

# The SHA-256 of a file, or NA where this R cannot tell.
sha256 <- function(path) {
  if (exists("sha256sum", envir = asNamespace("tools"), inherits = FALSE)) {
    return(unname(get("sha256sum", envir = asNamespace("tools"))(path)))
  }
  if (requireNamespace("digest", quietly = TRUE)) {
    return(digest::digest(file = path, algo = "sha256"))
  }
  NA_character_
}

# What differs from what was written.
differences <- function() {
  found <- character()
  for (line in readLines(file.path(here, "SHA256SUMS"), encoding = "UTF-8")) {
    expected <- substr(line, 1, 64)
    name <- substring(line, 67)
    path <- file.path(here, name)
    actual <- if (file.exists(path)) sha256(path) else "missing"
    if (!is.na(actual) && actual != expected) {
      found <- c(found, sprintf("%s: its SHA-256 is %s, not %s", name, actual, expected))
    }
  }
  for (name in names(tables)) {
    table <- tryCatch(load_table(name), error = function(error) NULL)
    if (is.null(table)) {
      found <- c(found, sprintf("%s: it cannot be read", name))
      next
    }
    if (nrow(table) != tables[[name]]$rows) {
      found <- c(found, sprintf("%s: it has %d rows, not %d", name, nrow(table), tables[[name]]$rows))
    }
    total <- tables[[name]]$total
    if (!is.na(total) && sum(table$value, na.rm = TRUE) != total) {
      found <- c(found, sprintf("%s: its values do not add up to %.0f", name, total))
    }
  }
  found
}

if (length(script) == 1) {
  wrong <- differences()
  if (length(wrong) == 0) {
    cat(length(tables), "tables and all sums are as they were written\n")
  } else {
    message(paste(wrong, collapse = "\n"))
  }
  quit(status = if (length(wrong) == 0) 0 else 1)
}
